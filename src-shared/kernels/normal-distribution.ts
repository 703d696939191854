const inverseRootTwoPi = 0.3989422804014327

/** Density of the standard normal distribution. */
export function normalPdf(x: number): number {
  return inverseRootTwoPi * Math.exp(-0.5 * x * x)
}

/**
 * Distribution function of the standard normal to 1e-15 (relative error in the far tail 1e-8): Hart's approximation (algorithm
 * 5666) with a continued fraction beyond 7.07 (G. West, Better Approximations to Cumulative Normal Functions, 2005).
 */
export function normalCdf(x: number): number {
  const a = Math.abs(x)
  let tail = 0
  if (a <= 37) {
    const exponential = Math.exp(-0.5 * a * a)
    if (a < 7.07106781186547) {
      let top = 3.52624965998911e-2 * a + 0.700383064443688
      top = top * a + 6.37396220353165
      top = top * a + 33.912866078383
      top = top * a + 112.079291497871
      top = top * a + 221.213596169931
      top = top * a + 220.206867912376
      let bottom = 8.83883476483184e-2 * a + 1.75566716318264
      bottom = bottom * a + 16.064177579207
      bottom = bottom * a + 86.7807322029461
      bottom = bottom * a + 296.564248779674
      bottom = bottom * a + 637.333633378831
      bottom = bottom * a + 793.826512519948
      bottom = bottom * a + 440.413735824752
      tail = (exponential * top) / bottom
    } else {
      tail = (exponential * inverseRootTwoPi) / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65)))))
    }
  }
  return x > 0 ? 1 - tail : tail
}
