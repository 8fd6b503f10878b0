import type { z } from "zod";

/** What a key means here, whatever its schema: the things that the attacked site has. */
export type Known = Record<string, unknown>;

/**
 * A value that the schema accepts, with every optional part in it: each of them is a door. What a schema asks beyond its
 * type is known by its key.
 */
export function sampleOf(schema: z.ZodType | z.core.$ZodType, known: Known, key = ""): unknown {
  const { def } = (schema as z.ZodType)._zod as { def: z.core.$ZodTypeDef };
  const byType = `${key}:text`;
  if (def.type === "string" && Object.hasOwn(known, byType)) return known[byType];
  if (Object.hasOwn(known, key)) return structuredClone(known[key]);
  return makers[def.type]?.(def as never, known, key) ?? "a";
}

type Maker = (def: never, known: Known, key: string) => unknown;
const inner: Maker = ({ innerType }: { innerType: z.ZodType }, known, key) => sampleOf(innerType, known, key);

const makers: Partial<Record<z.core.$ZodTypeDef["type"], Maker>> = {
  object: ({ shape }: { shape: Record<string, z.ZodType> }, known) =>
    Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, sampleOf(part, known, key)])),
  array: ({ element }: { element: z.ZodType }, known, key) => [sampleOf(element, known, `${key}[]`)],
  enum: ({ entries }: { entries: Record<string, string> }) => Object.values(entries)[0],
  literal: ({ values }: { values: unknown[] }) => values[0],
  union: ({ options }: { options: z.ZodType[] }, known, key) => sampleOf(options[0] as z.ZodType, known, key),
  // What is made another shape of first is described by where it leads.
  pipe: ({ in: from, out }: { in: z.ZodType; out: z.ZodType }, known, key) =>
    sampleOf(from._zod.def.type === "transform" ? out : from, known, key),
  number: () => 1,
  boolean: () => true,
  custom: () => ({ a: "b" }),
  ...{
    optional: inner,
    nullable: inner,
    default: inner,
    prefault: inner,
    nonoptional: inner,
    readonly: inner,
  },
};
