/** What must come back with the answer of the provider; it stays in the browser, sealed. */
export interface BegunSignOn {
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
}

/** Who came back from the provider. */
export interface SignedOn {
  /** The user name by which we know them, from the claim of the settings. */
  userName: string;
  /** Whether the provider has asked for a second factor, as far as its answer tells or the settings trust it. */
  secondFactor: boolean;
}

/** The organisation's own sign-in, by OpenID Connect. The provider says who somebody is; roles stay ours. */
export abstract class SingleSignOn {
  /** What its button is called; null where there is none. */
  abstract readonly title: string | null;
  /** Where the browser goes, and what it keeps until it comes back. */
  abstract begin(): Promise<{ url: string; begun: BegunSignOn }>;
  /** @throws Error it is no good answer */
  abstract finish(search: string, begun: BegunSignOn): Promise<SignedOn>;
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
