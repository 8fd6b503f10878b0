import { buildWeb } from "./lib/web-build";

/** `npm run build`: the production build, where it is not there already. */
export async function build(): Promise<void> {
  const isNew = await buildWeb(() => console.log("Building (about a minute) …"));
  console.log(isNew ? "The build is in apps/web/.next." : "The build is there, of these very sources.");
}
