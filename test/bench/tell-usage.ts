// Loaded first in a process of measured-process.ts: says on request what CPU time (microseconds) and memory (bytes) it uses.
import process from "node:process";

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, memory: process.memoryUsage().rss });
});
process.on("disconnect", () => process.exit(0));
