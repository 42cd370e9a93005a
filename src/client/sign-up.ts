import type { MatrixClient } from "matrix-js-sdk";

/** What a client needs to go on as the same device. */
export type Session = { user: string; device: string; token: string };

type Challenge = {
  session?: string;
  flows?: { stages?: string[] }[];
  completed?: string[];
  params?: Record<string, unknown>;
};

/** Stages that a form of ours can do. */
const able = new Set(["m.login.dummy", "m.login.terms", "m.login.registration_token"]);

export type SignUp = { name: string; password: string; deviceName: string; registrationToken?: string };

/**
 * Makes an account by the stages that the homeserver asks for.
 * https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
 * @throws what the SDK throws; the last challenge when there is no flow that we can do
 */
export async function signUp(client: MatrixClient, wanted: SignUp): Promise<Session> {
  const request = {
    username: wanted.name,
    password: wanted.password,
    initial_device_display_name: wanted.deviceName,
  };
  let auth: { type: string; session?: string; token?: string } | undefined;
  for (let round = 0; ; round++) {
    try {
      const done = await client.registerRequest({ ...request, ...(auth && { auth }) });
      return { user: done.user_id, device: done.device_id ?? "", token: done.access_token ?? "" };
    } catch (error) {
      const challenge = challengeOf(error);
      const stage = challenge && nextStage(challenge);
      // As many rounds as there can be stages: a server that asks for one again and again means no.
      if (!challenge || !stage || round > able.size) throw error;
      auth = {
        type: stage,
        ...(challenge.session !== undefined && { session: challenge.session }),
        ...(stage === "m.login.registration_token" && { token: wanted.registrationToken ?? "" }),
      };
    }
  }
}

/** The challenge in a 401, if the error is one. */
export function challengeOf(error: unknown): Challenge | undefined {
  const { httpStatus, data } = error as { httpStatus?: number; data?: Challenge };
  return httpStatus === 401 && Array.isArray(data?.flows) ? data : undefined;
}

function nextStage({ flows = [], completed = [] }: Challenge): string | undefined {
  const flow = flows.find(({ stages = [] }) => stages.every((stage) => able.has(stage)));
  return flow?.stages?.find((stage) => !completed.includes(stage));
}
