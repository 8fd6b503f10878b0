import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { inSeconds } from "./deadline";

test("what does not end is named, and what ends or fails in time is as it was", async () => {
  const never = new Promise<never>(() => {});
  await expect(inSeconds(0.02, "The database", never)).rejects.toThrow(
    "The database took longer than 0.02 s.",
  );
  expect(await inSeconds(5, "The database", Promise.resolve("there"))).toBe("there");
  await expect(inSeconds(5, "The database", Promise.reject(new RangeError("gone")))).rejects.toThrow("gone");
});

test("a command that leaves something open ends all the same, and says what it was", () => {
  const code = `import { endInSeconds } from ${JSON.stringify(`${import.meta.dirname}/deadline.ts`)};
    import net from "node:net";
    if (process.argv.includes("open")) net.createServer().listen(0, "127.0.0.1");
    endInSeconds(0.2);`;
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", code, "command.mjs", ...args],
      { cwd: import.meta.dirname, encoding: "utf8" },
    );
  expect(run("closed")).toMatchObject({ status: 0, stderr: "" });
  const open = run("open");
  expect(open.stderr).toMatch(/^Something was left open: .*TCPServerWrap/m);
  expect(open.status).toBe(1);
});
