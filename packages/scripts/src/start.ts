import { serve } from "./lib/serve";
import { buildWeb } from "./lib/web-build";

/** `npm start`: the production server on the embedded database, or on that of DATABASE_URL. */
export async function start(): Promise<void> {
  await serve({
    mode: "start",
    prepare: async () => {
      await buildWeb(() => console.log("Building (about a minute) …"));
    },
  });
}
