import { Injectable } from '@nestjs/common';
import { Settings } from '@app/platform';

/** Headers of a request, as Node gives them. */
export type Headers = Record<string, string | string[] | undefined>;

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
  private readonly name: string;
  private readonly origin: string;

  constructor(settings: Settings) {
    this.secure = settings.production || settings.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-session' : 'session';
    this.origin = new URL(settings.publicUrl).origin;
  }

  /** The token that came with a request. */
  token(headers: Headers): string | null {
    for (const part of (headers.cookie as string | undefined)?.split(';') ?? []) {
      const [name, value] = part.trim().split('=', 2);
      if (name === this.name && value) return value;
    }
    return null;
  }

  /** Gives the token to the browser until it is closed; scripts of a page cannot read it. */
  give(reply: Reply, token: string): void {
    reply.header('set-cookie', this.line(token));
  }

  /** Takes it back. */
  take(reply: Reply): void {
    reply.header('set-cookie', `${this.line('')}; Max-Age=0`);
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

  private line(value: string): string {
    return `${this.name}=${value}; Path=/; HttpOnly; SameSite=Lax${this.secure ? '; Secure' : ''}`;
  }
}
