# Run a scenario and look at its compute with base R: differences as a table, medians and bands as a chart.
# read_results.R reads a folder that is there already, and prints the usual tables.
#
#     Rscript examples/explore.R [SCENARIO [FOLDER [REPLICATES]]]
#
# The program `chokepoint` must be on PATH. Results go to FOLDER, the chart to FOLDER/explore.pdf.

options(digits = 4, scipen = 9)
given <- commandArgs(trailingOnly = TRUE)
scenario <- if (length(given) > 0) given[1] else "scenarios/h800-vs-h100.yaml"
folder <- if (length(given) > 1) given[2] else file.path("notebooks-output", "explore-r")
replicates <- if (length(given) > 2) given[3] else "64"

words <- c("run", shQuote(scenario), "--replicates", replicates, "--output", shQuote(folder), "--force", "--quiet")
if (system2("chokepoint", words) != 0) stop("chokepoint did not end well: see its message above")

# One metric of one place out of a table; empty cells alone are missing.
compute_of <- function(table, place) {
  frame <- read.csv(file.path(folder, paste0(table, ".csv")), na.strings = "")
  frame <- frame[frame$metric == "stock_h100e" & frame$entity == place & !is.na(frame$month), ]
  frame$month <- as.Date(frame$month)
  frame
}

comparison <- compute_of("comparison", "CN")
cat("Compute at work in China in the last month, against", comparison$reference[1], "(H100e, simulated)\n")
last <- comparison[comparison$month == max(comparison$month), ]
print(last[, c("regime", "difference_p50", "difference_p05", "difference_p95", "share_higher")], row.names = FALSE)

stock <- compute_of("trajectories", "CN")
by_regime <- split(stock, factor(stock$regime, levels = unique(stock$regime)))
# Yellow, the fifth, is too light for a line on white.
colours <- setNames(palette.colors(9, "Okabe-Ito")[-5][seq_along(by_regime)], names(by_regime))
pdf(file.path(folder, "explore.pdf"), width = 8, height = 5, title = "Compute in China")
plot(range(stock$month), range(stock$p05, stock$p95) / 1e6, type = "n", xlab = "", las = 1,
     ylab = "million H100 equivalents", main = "Compute at work in China: medians, and 90% of draws")
for (name in names(by_regime)) {
  rows <- by_regime[[name]]
  band <- c(rows$p05, rev(rows$p95)) / 1e6
  polygon(c(rows$month, rev(rows$month)), band, border = NA, col = adjustcolor(colours[name], 0.12))
  lines(rows$month, rows$p50 / 1e6, lwd = 2, col = colours[name])
}
legend("topleft", names(by_regime), col = colours, lwd = 2, bty = "n")
invisible(dev.off())
cat("Chart:", file.path(folder, "explore.pdf"), "\n")
