import { isDeepStrictEqual } from "node:util";
import superjson from "superjson";
import { callProcedure, type Procedure, procedures } from "./procedures";

interface Written {
  slug: string;
  patch?: Record<string, unknown>;
}

/**
 * The settings that read back as something else than what was accepted, which is what the schema has made of the input;
 * empty for procedures that save none.
 */
export async function findChanged({ path, schema }: Procedure, input: unknown): Promise<string[]> {
  if (schema === null || !/\.experiments\.(create|updateConfig)$/.test(path)) return [];
  const given = schema.parse(JSON.parse(JSON.stringify(input))) as Written;
  const wanted: object = given.patch ?? given;
  const get = procedures.find((one) => one.path === "viewer.admin.experiments.get") as Procedure;
  const { text } = await callProcedure(get, { slug: given.slug });
  const detail: { config: object } = superjson.deserialize(JSON.parse(text).result.data);
  const stored = { ...detail.config, ...detail };
  return Object.entries(wanted).flatMap(([name, value]) =>
    isDeepStrictEqual(Reflect.get(stored, name), value)
      ? []
      : [`${name} was ${JSON.stringify(value)}, and is ${JSON.stringify(Reflect.get(stored, name))}`],
  );
}
