/// The least count that a Poisson variable exceeds no more often than the confidence leaves open.
///
/// It is worked out from the ratios of neighbouring probabilities, without functions that differ from
/// machine to machine.
func poissonBound(mean: Double, confidence: Double) -> Int {
  guard mean > 0 else { return 0 }
  let mode = Int(mean)
  let last = mode + Int(20 * mean.squareRoot()) + 40
  var weights = [Double](repeating: 0, count: last + 1)
  weights[mode] = 1
  for count in stride(from: mode, to: 0, by: -1) {
    weights[count - 1] = weights[count] * Double(count) / mean
  }
  for count in mode..<last { weights[count + 1] = weights[count] * mean / Double(count + 1) }
  let whole = weights.reduce(0, +)
  var bound = last
  var beyond = 0.0
  while bound > 0, beyond + weights[bound] <= (1 - confidence) * whole {
    beyond += weights[bound]
    bound -= 1
  }
  return bound
}
