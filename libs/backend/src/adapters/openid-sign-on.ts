import { type BegunSignOn, SingleSignOn } from '@app/access';
import type * as Client from 'openid-client';

interface OpenIdOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim of the ID token that holds our user name. */
  claim: string;
  title: string;
  publicUrl: string;
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
    });
    return { url: url.href, begun };
  }

  async finish(search: string, { state, nonce, verifier }: BegunSignOn): Promise<string> {
    const { client, config } = await this.provider();
    const answer = await client.authorizationCodeGrant(config, new URL(this.callback + search), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const name = answer.claims()?.[this.options.claim];
    if (typeof name !== 'string' || name === '') throw new Error(`The ID token has no ${this.options.claim}`);
    return name;
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
