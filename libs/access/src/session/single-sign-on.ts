/** What must come back with the answer of the provider; it stays in the browser, sealed. */
export interface BegunSignOn {
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
}

/** The organisation's own sign-in, by OpenID Connect. The provider says who somebody is; roles stay ours. */
export abstract class SingleSignOn {
  /** What its button is called; null where there is none. */
  abstract readonly title: string | null;
  /** Where the browser goes, and what it keeps until it comes back. */
  abstract begin(): Promise<{ url: string; begun: BegunSignOn }>;
  /** The user name by which we know who came back, from the claim of the settings. @throws Error it is no good answer */
  abstract finish(search: string, begun: BegunSignOn): Promise<string>;
}

/** There is no such sign-in. */
export class NoSignOn extends SingleSignOn {
  readonly title = null;
  begin(): never {
    throw new Error('No OIDC_ISSUER');
  }
  finish(): never {
    throw new Error('No OIDC_ISSUER');
  }
}
