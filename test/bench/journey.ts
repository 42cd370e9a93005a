import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../../src/build/install.mjs";
import { readTutorials } from "../../src/build/tutorial-files.ts";
import { BuiltSite, type Visitor } from "../app/built-site.ts";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";

/** Milliseconds between two keys of somebody who writes 40 words a minute, and before each act, to read and to aim. */
const pace = { key: 250, act: 2500 };
const rounds = 5;

/** How long a learner waits: to Bo's answer, for a link, for a reset, for a message to come across. */
export async function journey(): Promise<Figure[]> {
  const site = await BuiltSite.open();
  try {
    return [
      ...(await firstAnswer(site)),
      ...(await links(site)),
      await reset(site),
      await sentToShown(await site.visitor()),
    ];
  } finally {
    await site.close();
  }
}

function timer(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}

/** From the click on Home to Bo's answer, reading, aiming and typing as people do. */
async function firstAnswer(site: BuiltSite): Promise<Figure[]> {
  const visitor = await site.visitor();
  const { page } = visitor;
  const act = (): Promise<void> => page.waitForTimeout(pace.act);
  await visitor.go("");
  const start = page.getByRole("link", { name: "Start: Say hello" });
  await start.waitFor();
  const since = timer();
  await start.click();
  const name = page.getByLabel("User name");
  await name.click();
  const ready = since();
  await act();
  await name.pressSequentially("zoe", { delay: pace.key });
  await act();
  await visitor.button("Create account").click();
  await visitor.ready("Next").waitFor();
  await act();
  await visitor.ready("Next").click();
  await visitor.ready("Accept").waitFor();
  await act();
  await visitor.button("Accept").click();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.click();
  await act();
  await message.pressSequentially("Hi Bo, it’s me. This was easy!", { delay: pace.key });
  await page.keyboard.press("Enter");
  await visitor.text("You made it! Was that hard?").waitFor();
  const answered = since();
  await visitor.leave();
  return [
    { name: "from the click on Home until the form takes typing", value: ready, unit: "s", most: 2 },
    { name: "from the click on Home to Bo's answer", value: answered, unit: "s", most: 60 },
  ];
}

/** A link to the last step of each tutorial, which plays all the steps before it. */
async function links(site: BuiltSite): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { tutorial } of readTutorials().tutorials.values()) {
    const step = tutorial?.steps.at(-1);
    if (!tutorial || !step) continue;
    const visitor = await site.visitor();
    const since = timer();
    await visitor.go(`tutorials/${tutorial.id}/${step.id}/`);
    await visitor.ready("Skip").waitFor();
    figures.push({ name: `a link to the last step of ${tutorial.id}`, value: since(), unit: "s", most: 5 });
    await visitor.leave();
  }
  return figures;
}

async function reset(site: BuiltSite): Promise<Figure> {
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.go("tutorials/hello/follow/");
  await visitor.ready("Skip").waitFor();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.getByRole("textbox", { name: "Message" }).first().fill("Only in this step");
    await page.keyboard.press("Enter");
    await visitor.text("Only in this step").waitFor();
    const since = timer();
    await visitor.button("Reset step").click();
    await visitor.text("Only in this step").waitFor({ state: "detached" });
    await visitor.ready("Skip").waitFor();
    await visitor.text("You made it! Was that hard?").waitFor();
    times.push(since());
  }
  await visitor.leave();
  return { name: "Reset step", value: Math.max(...times), unit: "s", most: 2 };
}

/** From the key that sends to the text on the other device, with links that take no time. */
async function sentToShown(visitor: Visitor): Promise<Figure> {
  const { page } = visitor;
  const from = "https://lessons.example/quick/";
  const folder = join(root, "tutorials/hello");
  await page.route(`${from}**`, (route) => {
    const text = readFileSync(join(folder, route.request().url().slice(from.length)), "utf8");
    const body = text.replace("device: 100ms", "device: 0ms").replace(/speed: 0\.1\b/, "speed: 1");
    return route.fulfill({ body, headers: { "access-control-allow-origin": "*" } });
  });
  await visitor.go(`?tutorial=${encodeURIComponent(from)}&step=follow`);
  await visitor.ready("Skip").waitFor();
  await visitor.text("You made it! Was that hard?").waitFor();
  const times: number[] = [];
  for (let round = 0; round < rounds * 4; round++) times.push(await oneMessage(page, `Number ${round}.`));
  await visitor.context.close();
  return {
    name: "sent to shown on the other device, links at zero",
    value: median(times),
    unit: "ms",
    most: 50,
  };
}

/** Milliseconds from the Enter key until the other device's chat holds the text, measured inside the page. */
async function oneMessage(page: Page, text: string): Promise<number> {
  await page.getByRole("textbox", { name: "Message" }).first().fill(text);
  // A handle, not the promise itself: the page listens before the key is pressed.
  const watch = await page.evaluateHandle((wanted) => {
    const within = (from: ParentNode): Element[] =>
      [...from.querySelectorAll("*")].flatMap((each) => [
        each,
        ...(each.shadowRoot ? within(each.shadowRoot) : []),
      ]);
    const [, other] = within(document).filter(({ localName }) => localName === "homeroom-chat");
    const holds = (): boolean =>
      within(other!.shadowRoot!).some(
        (each) => each.childElementCount === 0 && each.textContent?.includes(wanted),
      );
    const pressed = new Promise<number>((resolve) =>
      addEventListener("keydown", ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
    );
    const shown = new Promise<number>((resolve) => {
      const look = (): void => {
        if (holds()) resolve(performance.now());
        else setTimeout(look);
      };
      look();
    });
    return { took: Promise.all([pressed, shown]).then(([from, to]) => to - from) };
  }, text);
  await page.keyboard.press("Enter");
  return watch.evaluate(({ took }) => took);
}
