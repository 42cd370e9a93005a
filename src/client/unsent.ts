import type { IEvent } from "matrix-js-sdk";

/** Messages of this device's by room, as the SDK keeps them. */
export type Unsent = Record<string, Partial<IEvent>[]>;
