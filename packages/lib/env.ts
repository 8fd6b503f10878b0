import "server-only";
import { z } from "zod";
import { LOG_LEVELS } from "./env-of-log";

/** The environment is not fit to start with; the message names the variable and what to set it to. */
export class EnvironmentError extends Error {
  readonly code = "invalid_environment";
  readonly variables: string[];

  constructor(message: string, variables: string[]) {
    super(message);
    this.name = "EnvironmentError";
    this.variables = variables;
  }
}

/** Who is trusted to report a client's address: nobody, the last n proxies, or these addresses. */
export type TrustedProxies =
  | { kind: "none" }
  | { kind: "hops"; count: number }
  | { kind: "addresses"; addresses: string[] };

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  hostname: /.*/,
  error: "is not a PostgreSQL URL, such as postgresql://user:password@host:5432/database",
});

const webUrl = z.url({ protocol: /^https?$/, error: "is not an http(s) URL" });

const secret = z
  .string()
  .min(32, { error: "is shorter than 32 characters; `openssl rand -hex 32` makes one" });

const domain = z.hostname({ error: 'is not a domain, such as "example.com"' });

/** Texts separated by commas, each as the pattern says. */
function listOf(pattern: RegExp, error: string) {
  return z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ""),
    )
    .refine((entries) => entries.every((entry) => pattern.test(entry)), { error });
}

function wholeNumber(unit: string, { min, max }: { min: number; max: number }) {
  const error = `is not a whole number of ${unit} from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** What any process needs that works with the database: a job, a command, a node. */
const jobSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: databaseUrl,
  /** The same database without a pooler in between, for migrations and for listening; DATABASE_URL by default. */
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  /** The database from which results are read, if it is set; everything else uses DATABASE_URL. */
  DATABASE_REPLICA_URL: databaseUrl.optional(),
  /** Connections to DATABASE_URL that one process holds at most. One of them listens. */
  DATABASE_POOL_SIZE: wholeNumber("connections", { min: 2, max: 500 }).default(20),
  /** If absent, nothing is sent to PostHog, and everything else works as before. */
  POSTHOG_KEY: z.string().optional(),
  POSTHOG_HOST: webUrl.default("https://us.i.posthog.com"),
  /** The most that a decision may take, in milliseconds; past it, control is shown. */
  DECISION_BUDGET_MS: wholeNumber("milliseconds", { min: 1, max: 10_000 }).default(100),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is not one of ${LOG_LEVELS.join(", ")}` }).default("info"),
});

const schema = jobSchema
  .extend({
    NEXTAUTH_URL: webUrl,
    NEXTAUTH_SECRET: secret,
    VISITOR_COOKIE_SECRET: secret,
    /** Those before, with which was signed what browsers still have. */
    NEXTAUTH_SECRET_PREVIOUS: secret.optional(),
    VISITOR_COOKIE_SECRET_PREVIOUS: secret.optional(),
    PREVIEW_SECRET_PREVIOUS: secret.optional(),
    /** Visitors are the same on all hosts of this domain. */
    VISITOR_COOKIE_DOMAIN: domain.optional(),
    /** Paths that the sites of EMBED_ANCESTORS may show in a frame, those below them with `/*`. */
    EMBED_ROUTES: listOf(/^\/[^\s;,]*$/, 'is not a list of paths, such as "/book, /book/*"'),
    EMBED_ANCESTORS: listOf(
      /^https?:\/\/[^\s;,/]+$/,
      'is not a list of origins, such as "https://example.com"',
    ),
    PREVIEW_SECRET: secret,
    /** Opens /api/experiments/jobs to who knows it; without it there is no such address. */
    EXPERIMENTS_JOBS_SECRET: secret.optional(),
    /** The server that sends mail; without it nobody can choose a new password by mail. */
    SMTP_URL: z
      .url({
        protocol: /^smtps?$/,
        error: "is not an SMTP URL, such as smtp://user:password@mail.example.com:587",
      })
      .optional(),
    /** Whom mail comes from; `no-reply@` the host of NEXTAUTH_URL by default. */
    MAIL_FROM: z.string().optional(),
    /** Where people look at the project: result pages link to it. */
    POSTHOG_PROJECT_URL: webUrl.optional(),
    CONSENT_MODE: z.enum(["off", "required"], { error: 'is neither "off" nor "required"' }).default("off"),
    TRUSTED_PROXIES: z.string().optional().transform(parseTrustedProxies),
    /** The most that a static page waits for its decisions, in milliseconds; past it, it shows control. */
    EXPERIMENT_BUDGET_MS: wholeNumber("milliseconds", { min: 1, max: 10_000 }).default(50),
    /** How long an unused connection stays open; it must be longer than the balancer keeps it, usually 60 s. */
    KEEP_ALIVE_TIMEOUT: wholeNumber("milliseconds", { min: 1_000, max: 3_600_000 }).default(75_000),
    /** How long a server that was told to end still takes requests, until the balancer sees that it is not ready. */
    SHUTDOWN_GRACE_MS: wholeNumber("milliseconds", { min: 0, max: 6_000 }).default(1_000),
  })
  .refine(({ NEXTAUTH_URL, VISITOR_COOKIE_DOMAIN }) => isWithin(NEXTAUTH_URL, VISITOR_COOKIE_DOMAIN), {
    path: ["VISITOR_COOKIE_DOMAIN"],
    error: "is not a domain of NEXTAUTH_URL",
  });

function isWithin(url: string, domain: string | undefined): boolean {
  const { hostname } = new URL(url);
  return domain === undefined || hostname === domain || hostname.endsWith(`.${domain}`);
}

export type Env = z.infer<typeof schema>;
export type JobEnv = z.infer<typeof jobSchema>;

let parsed: Env | undefined;
let parsedForJob: JobEnv | undefined;

/**
 * The server's settings, read and checked at the first call, so that importing a module needs none of them.
 *
 * @throws EnvironmentError where a variable is missing or malformed
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/**
 * Those settings alone that a job needs: it serves nobody, and asks for no secret.
 *
 * @throws EnvironmentError where one of them is missing or malformed
 */
export function jobEnv(): JobEnv {
  parsedForJob ??= parse(jobSchema, process.env);
  return parsedForJob;
}

/** Checks any set of variables; an empty one counts as absent, as in `POSTHOG_KEY= npm start`. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  return parse(schema, source);
}

function parse<Settings>(
  settings: z.ZodType<Settings>,
  source: Record<string, string | undefined>,
): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = settings.safeParse(given);
  if (result.success) return result.data;

  const problems = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const name = String(path[0]);
    problems.set(name, given[name] === undefined ? `${name} is not set` : `${name} ${message}`);
  }
  throw new EnvironmentError(
    `${[...problems.values()].join("; ")}. See .env.example for every variable and what it does.`,
    [...problems.keys()],
  );
}

function parseTrustedProxies(value: string | undefined): TrustedProxies {
  const entries = (value ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const [first] = entries;
  if (first === undefined || first === "none" || first === "0") return { kind: "none" };
  if (entries.length === 1 && /^\d+$/.test(first)) return { kind: "hops", count: Number(first) };
  return { kind: "addresses", addresses: entries };
}
