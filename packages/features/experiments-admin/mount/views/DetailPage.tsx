"use client";

import { useAdminHost } from "../../api/host";
import { ExperimentDetailView } from "../../pages/ExperimentDetailView";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function DetailPage({ slug }: { slug: string }) {
  const { client } = useAdminHost();
  const first = useFirst(slug, async () => {
    // What is not there is said by the first: the others would ask for counts of nothing.
    const experiment = await client.get.query({ slug });
    const [stats, results] = await Promise.all([
      client.stats.query({ slug }),
      client.results.get.query({ slug }),
    ]);
    return { experiment, stats, results };
  });
  useTitle(first.status === "ready" ? first.first.experiment.name : slug);
  return (
    <FirstOf of={first}>
      {({ experiment, stats, results }) => (
        <ExperimentDetailView
          key={slug}
          slug={slug}
          firstExperiment={experiment}
          firstStats={stats}
          firstResults={results}
          posthog={null}
        />
      )}
    </FirstOf>
  );
}
