// The door of the repository's commands: `node packages/scripts/run.mjs <command>`.
import { launch } from "./bootstrap/launch.mjs";

launch(async (args) => {
  const { main } = await import("./src/main.ts");
  await main(args);
});
