import type { BuiltModule } from "./built-module";

/** What `zod/v4` of zod 3.25.76 makes schemas with. Those that zod 4 has added since are not among them. */
const KNOWN = new Set(
  `any array base64 base64url bigint boolean catch check cidrv4 cidrv6 clone coerce config core cuid cuid2 custom date
  discriminatedUnion e164 email emoji enum file float32 float64 function guid instanceof int int32 int64 intersection
  ipv4 ipv6 iso json jwt keyof ksuid lazy literal looseObject map nan nanoid nativeEnum never null nullable nullish
  number object optional partialRecord pipe prefault preprocess prettifyError promise readonly record refine registry
  set strictObject string stringFormat stringbool success superRefine symbol templateLiteral toJSONSchema transform
  treeifyError tuple uint32 uint64 ulid undefined union unknown url uuid uuidv4 uuidv6 uuidv7 void xid ZodError`.split(
    /\s+/,
  ),
);

/** Where a module asks zod for what 3.25 does not have, a line for each. */
export function findNewerZod(modules: readonly Pick<BuiltModule, "place" | "code">[]): string[] {
  return modules.flatMap(({ place, code }) => {
    if (!code.includes('"zod/v4"')) return [];
    const used = new Set([...code.matchAll(/\bz\.(\w+)/g)].map(([, name = ""]) => name));
    return [...used].filter((name) => !KNOWN.has(name)).map((name) => `${place} uses \`z.${name}\``);
  });
}
