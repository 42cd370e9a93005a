/**
 * What an account had before a set-up began: the public master key of its identity, and the id of its secret storage's
 * key. Plain data. The SDK makes new ones on the device first and tells the homeserver afterwards, so that one which is
 * stopped in between leaves what looks whole here and is nowhere else.
 */
export type BeforeSetUp = { identity?: string; storage?: string };
