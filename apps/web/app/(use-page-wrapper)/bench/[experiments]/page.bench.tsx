import type { ExperimentSlug } from "@calcom/features/experiments";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import ProfilePage from "../../settings/profile/page";
import { ShownVariants } from "./ShownVariants";

const SLUGS: ExperimentSlug[] = [
  "upgrade-button-test",
  "dashboard-layout-v2",
  "landing-hero-test",
  "pricing-tiers",
  "onboarding-checklist",
];

/** A page of the product with five experiments, or the same without: only `npm run bench` builds it. */
export default async function BenchPage({ params }: { params: Promise<{ experiments: string }> }) {
  const { experiments } = await params;
  const page = (
    <>
      <ProfilePage />
      <ShownVariants slugs={SLUGS} />
    </>
  );
  return experiments === "five" ? <ExperimentProvider slugs={SLUGS}>{page}</ExperimentProvider> : page;
}
