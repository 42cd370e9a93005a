import { expect } from "chai";
import { RowWindow } from "../../../src/elements/chat/chat-window.ts";

const keys = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`);

describe("RowWindow", () => {
  it("draws the rows around the view and no others", () => {
    const rows = new RowWindow(50);
    rows.setRows(keys(10_000));
    expect(rows.height).to.equal(500_000);
    const { from, to } = rows.range(250_000, 500);
    expect(from).to.equal(4990);
    expect(to - from).to.be.lessThan(35);
    expect(rows.range(-600, 500).from).to.equal(0);
    expect(rows.range(499_500, 500).to).to.equal(10_000);
  });

  it("takes measured heights into account, wherever their rows are", () => {
    const rows = new RowWindow(50);
    rows.setRows(keys(3));
    expect(rows.measure("row 1", 120)).to.equal(true);
    expect(rows.measure("row 1", 120.2)).to.equal(false);
    expect(rows.top(2)).to.equal(170);
    expect(rows.rowAt(169)).to.equal(1);
    rows.setRows(["older", ...keys(3)]);
    expect(rows.top(rows.indexOf("row 2"))).to.equal(220);
    rows.forget();
    expect(rows.height).to.equal(200);
  });

  it("is content with nothing", () => {
    const rows = new RowWindow(50);
    rows.setRows([]);
    expect(rows.range(0, 500)).to.deep.equal({ from: 0, to: 0 });
    expect(rows.height).to.equal(0);
  });
});
