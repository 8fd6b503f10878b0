/** The text of a key with its `{{variables}}` filled in; `count` chooses the plural. A missing key shows as itself. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;
