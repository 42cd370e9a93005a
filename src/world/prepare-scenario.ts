import type { Action, ActionResult } from "./action.ts";
import type { Scenario } from "./scenario.ts";

/** Makes by real requests what a scenario has from the start: accounts, signed-in devices, rooms and words. */
export async function prepareScenario(
  scenario: Scenario,
  act: (action: Action) => Promise<ActionResult>,
): Promise<void> {
  const expect = async (action: Action): Promise<void> => {
    const result = await act(action);
    if (result.ok) return;
    throw new Error(`The scenario cannot start: ${action.type} was refused (${result.refusal.code})`);
  };
  await Promise.all(
    scenario.people.map(async ({ id, name, account, devices }) => {
      if (account === undefined || devices.length === 0) return;
      const password = `${account} practises`;
      for (const [index, device] of devices.entries()) {
        const type = index === 0 ? "signUp" : "signIn";
        await expect({ type, person: id, device: device.name, name: account, password });
      }
      await expect({ type: "setDisplayName", person: id, name });
    }),
  );
  for (const action of scenario.prepare) await expect(action);
}
