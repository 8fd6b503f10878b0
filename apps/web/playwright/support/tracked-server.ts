import { aConfig } from "@calcom/features/experiments/testing";
import { type PostHogSink, startPostHogSink } from "@calcom/features/experiments/testing/posthog-sink";
import { type OwnServer, startOwnServer } from "./own-server";

/** The button of upgrade-button-test, in either variant. */
export const UPGRADE = /^(Manage Billing|Upgrade Now!)$/;

export interface TrackedServer extends OwnServer {
  sink: PostHogSink;
}

/** A server with a PostHog of its own, on a database with one running experiment of each unit. */
export async function startTrackedServer(env: Record<string, string> = {}): Promise<TrackedServer> {
  const sink = await startPostHogSink();
  const server = await startOwnServer({ env: { POSTHOG_KEY: sink.key, POSTHOG_HOST: sink.url, ...env } });
  await addExperiment(server, "landing-hero-test", "visitor", "benefit-focused", "get_started_clicked");
  await addExperiment(server, "upgrade-button-test", "user", "urgent", "billing_button_clicked");
  await addExperiment(server, "dashboard-layout-v2", "team", "grid", "attendee_contacted");
  return {
    ...server,
    sink,
    async stop() {
      await sink.close();
      await server.stop();
    },
  };
}

async function addExperiment(
  { database }: OwnServer,
  slug: string,
  unit: "user" | "team" | "visitor",
  variant: string,
  clientEvent: string,
): Promise<void> {
  const variants = [
    { name: "control", percentage: 50 },
    { name: variant, percentage: 50 },
  ];
  const config = aConfig({ unit, variants, salt: slug, clientEvents: [clientEvent] });
  await database.prisma.feature.create({
    data: {
      slug,
      type: "EXPERIMENT",
      enabled: true,
      metadata: { ...config },
      epochs: {
        create: { number: config.epoch, weights: { control: 50, [variant]: 50 }, trafficPercentage: 100 },
      },
    },
  });
}

/** A team with its owner's dashboard at /teams/<slug>. */
export async function addTeam({ database }: OwnServer, slug: string, email: string): Promise<number> {
  const team = await database.prisma.team.create({
    data: {
      slug,
      name: slug,
      memberships: { create: { user: { connect: { email } }, role: "OWNER", accepted: true } },
    },
  });
  return team.id;
}

/** Exposures and conversions that PostHog has not been told of. */
export async function unsentEvents({ database }: OwnServer): Promise<number> {
  const [exposures, conversions] = await Promise.all([
    database.prisma.experimentVariant.count({ where: { exposedAt: { not: null }, sentAt: null } }),
    database.prisma.experimentConversion.count({ where: { sentAt: null } }),
  ]);
  return exposures + conversions;
}
