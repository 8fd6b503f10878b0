import type { Sources } from "./measure";
import { MODULE } from "./rooms";

/** Tables of this application, and packages that only this one has: another host has neither. */
const HOSTS_OWN = [/"(?:User|Team|Membership|Subscription)"/, /["']@calcom\/prisma\b/, /["']next-auth\b/];

/** The module's joints with this process, which another host leaves out. */
const JOINTS = [`${MODULE}/server.ts`];

const NOT_SHIPPED = /\.(test|spec)\.tsx?$|\.test-d\.ts$|\/(testing|examples)\//;

/** Where the module names something of the application around it, as `file: what`. */
export function findHostNames(sources: Sources): string[] {
  return [...sources]
    .filter(([file]) => file.startsWith(`${MODULE}/`) && !NOT_SHIPPED.test(file) && !JOINTS.includes(file))
    .flatMap(([file, text]) =>
      HOSTS_OWN.flatMap((own) => {
        const [found] = own.exec(text) ?? [];
        return found === undefined ? [] : [`${file}: ${found}`];
      }),
    );
}
