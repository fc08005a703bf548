import { type BegunSignOn, type SignedOn, SingleSignOn } from '@app/access';
import type * as Client from 'openid-client';

interface OpenIdOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim of the ID token that holds our user name. */
  claim: string;
  /** The issuer asks everybody for a second factor, and need not tell. */
  trusted: boolean;
  /** The values of `acr` that tell of a second factor. */
  acr: string[];
  title: string;
  publicUrl: string;
}

/** What one knows and what one has, in the words of RFC 8176. One kind of the two is one factor, however often. */
const KNOWN = ['pwd', 'pin'];
const HELD = ['otp', 'hwk', 'swk', 'sc'];

/** Whether an ID token tells of a second factor: in so many words, by one of each kind, or by the issuer's own level. */
export function tellsOfSecondFactor(
  { amr, acr }: { amr?: unknown; acr?: unknown },
  levels: readonly string[],
): boolean {
  const methods = Array.isArray(amr) ? (amr as unknown[]) : [];
  const some = (of: readonly string[]) => of.some((method) => methods.includes(method));
  return some(['mfa']) || (some(KNOWN) && some(HELD)) || (typeof acr === 'string' && levels.includes(acr));
}

/** Single sign-on by OpenID Connect: the code flow with PKCE, state and nonce. The SDK is loaded at the first use. */
export class OpenIdSignOn extends SingleSignOn {
  private known: Promise<{ client: typeof Client; config: Client.Configuration }> | undefined;

  constructor(private readonly options: OpenIdOptions) {
    super();
  }

  get title(): string {
    return this.options.title;
  }

  async begin(): Promise<{ url: string; begun: BegunSignOn }> {
    const { client, config } = await this.provider();
    const begun = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: this.callback,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
      ...(this.options.acr.length > 0 && { acr_values: this.options.acr.join(' ') }),
    });
    return { url: url.href, begun };
  }

  async finish(search: string, { state, nonce, verifier }: BegunSignOn): Promise<SignedOn> {
    const { client, config } = await this.provider();
    const answer = await client.authorizationCodeGrant(config, new URL(this.callback + search), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const { claim, trusted, acr } = this.options;
    const claims = answer.claims() ?? {};
    const userName = (claims as Record<string, unknown>)[claim];
    if (typeof userName !== 'string' || userName === '') throw new Error(`The ID token has no ${claim}`);
    return { userName, secondFactor: trusted || tellsOfSecondFactor(claims, acr) };
  }

  private get callback(): string {
    return `${this.options.publicUrl}/oidc/callback`;
  }

  /** A provider that could not be reached is asked again the next time. */
  private provider() {
    this.known ??= this.discover().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async discover() {
    const { issuer, clientId, clientSecret } = this.options;
    const client = await import('openid-client');
    // Production takes none but an https address.
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    return { client, config: await client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute }) };
  }
}
