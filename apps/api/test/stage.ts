import { Accounts, type Actor, type Grant, Role, UserAccount } from '@app/access';
import { Job, newId, SYSTEM } from '@app/platform';
import { newBranch, newPlace, newRun, type TestPlace } from '@app/testing';
import { CourseRunStatus } from '@app/training';
import type { Person, TestApi } from './test-api.js';

/** The password of everyone on a stage. */
export const PASSWORD = 'قالی‌بافی-۱۴۰۵';

/** A place with its people, for specs that try every operation of the schema. */
export class Stage {
  place: TestPlace;
  /** The branch of the support association in the place's province. */
  branch: Awaited<ReturnType<typeof newBranch>>;
  today: string;
  /** The trainee whose own things the graduate here sees; a spec makes the row when it needs one. */
  readonly graduateId = newId();
  private people = new Map<Role, Person>();
  private readonly made = new Map<string, number>();

  /** @param name tells its people from those of other stages */
  constructor(
    readonly api: TestApi,
    private readonly name = 'person',
  ) {}

  async set(place: Parameters<typeof newPlace>[1] = {}): Promise<void> {
    this.place = await newPlace(this.tables, place);
    this.branch = await newBranch(this.tables, this.place.institute.provinceCode);
    this.today = this.api.backend.clock.today();
  }

  get tables() {
    return this.api.backend;
  }

  /** 1, 2, 3 … for each kind of thing. */
  next(kind: string): number {
    const made = (this.made.get(kind) ?? 0) + 1;
    this.made.set(kind, made);
    return made;
  }

  /** Who acts in this role here: always the same person. */
  async person(role: Role): Promise<Person> {
    const known = this.people.get(role);
    if (known) return known;
    const person = await this.other(role);
    this.people.set(role, person);
    return person;
  }

  /** Someone new in this role. */
  async other(role: Role): Promise<Person> {
    return this.api.nobody.signIn(await this.account([role]), PASSWORD);
  }

  /** A new person who holds these roles here, and has not signed in. */
  async account(roles: Role[]): Promise<string> {
    const userName = `${this.name}-${this.next('person')}`.toLowerCase();
    const grants = roles.map((role) => this.grant(role));
    await this.api.app.get(Accounts).create({ userName, displayName: userName, password: PASSWORD, grants });
    return userName;
  }

  /** A device of somebody who takes attendance. */
  async device(person: Person): Promise<Person> {
    const { createDeviceToken } = await person.do<{ createDeviceToken: { token: string } }>(
      'mutation ($input: CreateDeviceTokenInput!) { createDeviceToken(input: $input) { token } }',
      { input: { name: 'تلفن' } },
    );
    return person.by(createDeviceToken.token);
  }

  /** Somebody new in this role, by the id of the account. */
  async userId(role: Role): Promise<string> {
    const userName = await this.account([role]);
    return (await this.tables.database.read((tx) => tx.get(UserAccount, { userName }))).id;
  }

  /** Runs the waiting jobs of one method, once each; the others go on waiting. */
  async runJobs(method: string): Promise<void> {
    const { database, registry } = this.api.backend;
    for (const { id, name, payload } of await database.read((tx) => tx.repo(Job).find())) {
      if (!name.endsWith(`.${method}`)) continue;
      await registry.named(name)?.run(payload);
      await database.write(SYSTEM, (tx) => tx.remove(Job, { id }));
    }
  }

  run(status = CourseRunStatus.APPROVED) {
    return newRun(this.tables, this.place, {
      status,
      capacity: 100,
      days: [this.today],
      enrolmentClosesOn: this.today,
    });
  }

  private grant(role: Role): Grant {
    const { place, branch } = this;
    if (role === Role.GRADUATE) return { role, traineeId: this.graduateId };
    if (role === Role.ADMINISTRATOR) return { role };
    if (role === Role.EXAMINER || role === Role.EMPLOYER) return { role, provinceCode: place.institute.provinceCode };
    const actors: Actor[] = [
      place.national,
      place.provincial,
      place.officer,
      place.assessor,
      place.manager,
      place.teacher,
      branch.leader,
      branch.caseWorker,
    ];
    const actor = actors.find((one) => one.role === role);
    if (!actor) throw new Error(`Nobody here is ${role}`);
    const { userId: _, ...grant } = actor;
    return grant;
  }
}
