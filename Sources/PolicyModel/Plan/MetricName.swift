/// Names of metrics that are asked for by name elsewhere than where they are recorded.
public enum MetricName {
  /// Of a stage: the place in its list of candidates of the chip that it ran on.
  public static let chipPlace = "chip_place"
  /// Of a run: chip-hours of what is published as the final run.
  public static let finalRunChipHours = "final_run_chip_hours"
  /// Of a run: days that its final run took.
  public static let finalRunDays = "final_run_days"
  /// Of a run: whether it was finished in the months that were simulated; its mean is a share.
  public static let finishedShare = "finished_share"
}
