/** Where the keys of encrypting clients are. */
export interface CryptoStores {
  /** A name that no store has had. */
  newName(): string;
  /** The store is not needed any more. */
  drop(name: string): void;
}
