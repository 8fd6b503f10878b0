// `npm run bench`. Scripts do not know benchmarks, which stand on them: these have a door of their own.
import { launch } from "../scripts/bootstrap/launch.mjs";

launch(async (args) => {
  const [{ runCommand }, { bench }] = await Promise.all([
    import("@calcom/scripts/run-command"),
    import("./src/bench.ts"),
  ]);
  await runCommand(() => bench(args));
});
