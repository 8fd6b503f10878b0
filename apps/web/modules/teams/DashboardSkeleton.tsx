import { Skeleton } from "@calcom/ui";

export function DashboardSkeleton() {
  return (
    <div aria-busy className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-[420px]" />
      </div>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="h-40" />
        <Skeleton className="h-6 w-28" />
        <Skeleton className="h-40" />
      </div>
    </div>
  );
}
