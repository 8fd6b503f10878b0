export interface BuiltModule {
  place: string;
  source: string;
  code: string;
  map: string;
}
