import axe from "axe-core";
import { expect } from "chai";
import "../../src/elements/theme.css";

/** Demands that axe finds nothing wrong with what is inside, in the light and in the dark. */
export async function expectAccessible(place: Element): Promise<void> {
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset.theme = theme;
    document.body.style.background = "var(--stage)";
    const { violations } = await axe.run(place, { resultTypes: ["violations"] });
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
    expect(found, theme).to.deep.equal([]);
  }
  delete document.documentElement.dataset.theme;
}
