import type { Endpoint } from "./endpoint.ts";
import { loginEndpoints } from "./login.ts";
import { registerEndpoints } from "./register.ts";
import { versionsEndpoints } from "./versions.ts";

/** The whole client-server API, a line a group. */
export const clientEndpoints: readonly Endpoint[] = [
  ...versionsEndpoints,
  ...registerEndpoints,
  ...loginEndpoints,
];
