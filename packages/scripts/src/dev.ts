import { serve } from "./lib/serve";

/** `npm run dev`: the same with hot reload, and without a build. */
export async function dev(): Promise<void> {
  await serve({ mode: "dev" });
}
