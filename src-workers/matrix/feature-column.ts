/** A named column over all bars of a build, history included. */
export interface FeatureColumn {
  name: string
  data: Float64Array
}
