import { Controller, Get, Req, Res } from '@nestjs/common';
import { Keys, Log, NotFound } from '@app/platform';
import { Allow, ANYONE } from '../allow.js';
import { type Headers, type Reply, SessionCookie } from './session-cookie.js';
import { SignIn } from './sign-in.service.js';
import { type BegunSignOn, SingleSignOn } from './single-sign-on.js';

const PLACE = 'cookie.oidc';
const MINUTES = 10;
const FOUND = 302;

interface Redirecting extends Reply {
  redirect(url: string, status: number): unknown;
}

/** The way to the provider of single sign-on and back, by code with PKCE. Off until a provider is set. */
@Controller('oidc')
export class SignOnController {
  constructor(
    private readonly provider: SingleSignOn,
    private readonly signIns: SignIn,
    private readonly cookie: SessionCookie,
    private readonly keys: Keys,
    private readonly log: Log,
  ) {}

  @Allow(ANYONE)
  @Get('start')
  async start(@Res() reply: Redirecting): Promise<void> {
    if (this.provider.title === null) throw new NotFound();
    const { url, begun } = await this.provider.begin();
    this.cookie.keep(reply, 'oidc', encodeURIComponent(this.keys.seal(JSON.stringify(begun), PLACE)), MINUTES * 60);
    await reply.redirect(url, FOUND);
  }

  /**
   * Whoever comes back without what was kept, with another's answer, as nobody we know, or without the second factor
   * that is asked of them, goes to the sign-in page.
   */
  @Allow(ANYONE)
  @Get('callback')
  async callback(
    @Req() { url, headers, ip }: { url: string; headers: Headers; ip: string },
    @Res() reply: Redirecting,
  ): Promise<void> {
    if (this.provider.title === null) throw new NotFound();
    const kept = this.cookie.token(headers, 'oidc');
    this.cookie.keep(reply, 'oidc', '', 0);
    const outcome = await this.signIn(kept, url.slice(url.indexOf('?')), ip).catch((error: unknown) => {
      this.log.warn({ error }, 'single sign-on failed');
      return 'NOBODY' as const;
    });
    if (typeof outcome === 'string')
      return void reply.redirect(`/sign-in?refused=${outcome === 'FACTOR' ? 'factor' : 'sso'}`, FOUND);
    this.cookie.give(reply, outcome.token);
    await reply.redirect('/', FOUND);
  }

  private async signIn(kept: string | null, search: string, address: string) {
    if (!kept) return 'NOBODY';
    const begun = JSON.parse(this.keys.open(decodeURIComponent(kept), PLACE).toString()) as BegunSignOn;
    return this.signIns.signInKnown(await this.provider.finish(search, begun), address);
  }
}
