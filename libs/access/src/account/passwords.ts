import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Semaphore } from 'async-mutex';
import { TooMany } from '@app/platform';
import { hashedAtOnce, passwordForm } from './password.rules.js';

/** argon2id at the floor OWASP names: 19 MiB, two passes. argon2id is the package's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes of nothing that anybody knows: they cost what a real one costs. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$6zcz0vmMGqFYzC3XdF6Cxw$dwq4sy5wvPRovyh4C8F5H0JTVMt4kbTWXcm5P5XtqtM';

const AT_ONCE = hashedAtOnce(availableParallelism());
const WAITING = 100;

/** Hashes passwords, a few at a time: a storm of sign-ins must not take the machine. */
@Injectable()
export class Passwords {
  private readonly turns = new Semaphore(AT_ONCE);
  private asked = 0;

  /** @throws TooMany more are waiting than can be done soon */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(passwordForm(password), COST));
  }

  /**
   * Whether this is the password. Without a hash, of an account that is not there, it takes as long and says no.
   *
   * @throws TooMany more are waiting than can be done soon
   */
  async verify(hashed: string | null, password: string): Promise<boolean> {
    const right = await this.inTurn(() => verify(hashed ?? NOBODYS, passwordForm(password)));
    return right && hashed !== null;
  }

  /** Whether a hash was made at another cost than today's and is to be made again. */
  isStale(hashed: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(hashed);
    return memoryCost !== COST.memoryCost || timeCost !== COST.timeCost || parallelism !== COST.parallelism;
  }

  private async inTurn<R>(work: () => Promise<R>): Promise<R> {
    if (this.asked >= AT_ONCE + WAITING) throw new TooMany(2);
    this.asked++;
    try {
      return await this.turns.runExclusive(work);
    } finally {
      this.asked--;
    }
  }
}
