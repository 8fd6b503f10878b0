import { z } from "zod";
import { currencySchema } from "./define-metric";

const nameSchema = z.string().min(1).max(120);
/** Also the name of a column of the query. */
const columnSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/);

/**
 * Rows of the application's own tables from which people make metrics. The query is reviewed code: `subject` (the id of a
 * user or a team), `at` (timestamptz), and a column for each value and filter that is offered. It takes no parameters.
 */
const sourceSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  name: nameSchema,
  query: z
    .strictObject({ user: z.string().min(1).optional(), team: z.string().min(1).optional() })
    .refine(({ user, team }) => user !== undefined || team !== undefined, "A source has a query."),
  /** Numbers that can be summed, by the column that holds them. */
  values: z.record(columnSchema, z.strictObject({ name: nameSchema, currency: currencySchema })).default({}),
  /** Columns that rows may be chosen by. */
  filters: z
    .record(columnSchema, z.strictObject({ name: nameSchema, type: z.enum(["text", "number", "boolean"]) }))
    .default({}),
});

export type Source = z.output<typeof sourceSchema>;
export type SourceDefinition = z.input<typeof sourceSchema>;

/**
 * Checks the definition of a source and fills in defaults.
 *
 * @throws z.ZodError if the definition is not valid
 */
export function defineSource(definition: SourceDefinition): Source {
  return sourceSchema.parse(definition);
}
