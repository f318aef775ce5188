# Read the results of a run with base R and print what most readers look for.
#
#     Rscript examples/read_results.R notebooks-output/deepseek-r1

options(digits = 4, scipen = 9)
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[1] else "notebooks-output/deepseek-r1"

# One table of results; empty cells become NA, months become dates.
read_table <- function(name) {
  frame <- read.csv(file.path(folder, paste0(name, ".csv")), na.strings = "", check.names = FALSE)
  if ("month" %in% names(frame)) frame$month <- as.Date(frame$month)
  frame
}

runs <- read_table("runs")
comparison <- read_table("comparison")
trajectories <- read_table("trajectories")
reference <- runs$regime[1]

cat("Runs by regime (medians)\n")
whole <- runs[is.na(runs$stage) & runs$metric %in% c("chip_hours", "days"), ]
print(whole[, c("run", "regime", "chip", "metric", "p50")], row.names = FALSE)

cat("\nDays against the reference regime\n")
days <- comparison[is.na(comparison$month) & comparison$metric == "days", ]
days <- days[!grepl(".", days$entity, fixed = TRUE), ] # run.stage is a stage
print(days[, c("entity", "regime", "ratio_p50", "ratio_p05", "ratio_p95", "share_higher")], row.names = FALSE)

cat("\nFinal-run cost of each lab so far,", reference, "(USD)\n")
cost <- trajectories[
  trajectories$regime == reference & trajectories$metric == "cost_final_run_cumulative_usd", ]
last <- cost[cost$month == max(cost$month), ]
print(last[, c("month", "entity", "p05", "p50", "p95")], row.names = FALSE)
