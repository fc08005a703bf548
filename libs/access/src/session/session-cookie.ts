import { Injectable } from '@nestjs/common';
import { Settings } from '@app/platform';

/** Headers of a request, as Node gives them. */
export type Headers = Record<string, string | string[] | undefined>;

/** The bearer token of another program or a device that came with a request. */
export const bearerOf = ({ authorization }: Headers): string | undefined =>
  /^Bearer (\S{1,100})$/i.exec(authorization?.toString() ?? '')?.[1];

/** The part of a reply that a cookie needs. */
export interface Reply {
  header(name: string, value: string): unknown;
}

/**
 * The cookie that carries the session's token. Over https its name begins with `__Host-`, which browsers take only from
 * this host and only when Secure; on a plain http address, which production refuses, it is called `session`.
 */
@Injectable()
export class SessionCookie {
  private readonly secure: boolean;
  private readonly origin: string;

  constructor(settings: Settings) {
    this.secure = settings.production || settings.publicUrl.startsWith('https:');
    this.origin = new URL(settings.publicUrl).origin;
  }

  /** The token that came with a request; or what was kept under another name. */
  token(headers: Headers, of = 'session'): string | null {
    for (const part of (headers.cookie as string | undefined)?.split(';') ?? []) {
      const [name, value] = part.trim().split('=', 2);
      if (name === this.named(of) && value) return value;
    }
    return null;
  }

  /** Gives the token to the browser until it is closed; scripts of a page cannot read it. */
  give(reply: Reply, token: string): void {
    reply.header('set-cookie', this.line('session', token));
  }

  /** Takes it back. */
  take(reply: Reply): void {
    this.keep(reply, 'session', '', 0);
  }

  /** Keeps something else in the browser for some seconds. */
  keep(reply: Reply, name: string, value: string, seconds: number): void {
    reply.header('set-cookie', `${this.line(name, value)}; Max-Age=${seconds}`);
  }

  /**
   * Whether a page of ours has sent a request, as far as a browser tells: it says where a page came from, and lets a page
   * of another site set no header of its own.
   */
  isFromOwnPage(headers: Headers): boolean {
    if (headers['x-requested-with'] !== undefined) return true;
    const { origin, host } = headers;
    return (
      typeof origin === 'string' && (origin === this.origin || (URL.canParse(origin) && new URL(origin).host === host))
    );
  }

  private named(name: string): string {
    return this.secure ? `__Host-${name}` : name;
  }

  private line(name: string, value: string): string {
    return `${this.named(name)}=${value}; Path=/; HttpOnly; SameSite=Lax${this.secure ? '; Secure' : ''}`;
  }
}
