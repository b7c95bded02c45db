/** Who logged in at the wallet provider. Everything in it is personal data. */
export interface WalletIdentity {
  payerId: string;
  name: string;
  email: string;
  /** ISO 3166 country of the account. */
  country: string;
  verified: boolean;
}

/** The consent a person gives once, which lets the platform charge their wallet later. */
export interface VaultedWallet {
  /** Secret: whoever has it can charge the wallet. */
  token: string;
  customerId: string;
  payerId: string;
  email: string;
}

/** A card that the provider keeps for a person. */
export interface VaultedCard {
  /** Secret: whoever has it can charge the card. */
  token: string;
  customerId: string;
  /** As its owner knows it: `Visa ••1111`. */
  label: string;
}

/** The provider's side of linking: login and the vault approval. Every method throws `ProviderFailure`. */
export interface WalletLinking {
  /** Exchanges the one-time login code and reads who logged in. */
  identify(login: { code: string; redirectUri: string; codeVerifier: string }): Promise<WalletIdentity>;
  /** Begins the vault approval; the person continues at `approveUrl`. `key` makes a repeated call effective once. */
  beginVault(request: {
    key: string;
    returnUrl: string;
    cancelUrl: string;
  }): Promise<{ setupId: string; approveUrl: string }>;
  /** Turns an approved setup into the vaulted wallet. `needs-person` while it is not approved. */
  completeVault(request: { key: string; setupId: string }): Promise<VaultedWallet>;
  /** Begins the choice of a card on the provider's own page, at `approveUrl`. No number passes through here. */
  beginCard(request: {
    key: string;
    returnUrl: string;
    cancelUrl: string;
  }): Promise<{ setupId: string; approveUrl: string }>;
  /** Turns the chosen card into one that can be charged. `needs-person` while none is chosen. */
  completeCard(request: { key: string; setupId: string }): Promise<VaultedCard>;
  /** Ends the consent. An unknown or already deleted token counts as done. */
  removeVault(token: string): Promise<void>;
}
