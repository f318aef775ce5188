"""Computes scenarios/deepseek-r1.yaml again, from nothing but the draws in parameters.csv and the
published figures below, and holds every quantile of the program's results against it.

Usage: python3 recompute_deepseek.py RESULTS_FOLDER
Written from docs/ODD.md, not from the program's code; takes every run to end within the months.
Prints the number of figures compared and the largest relative difference; exits 1 when one differs
by more than 1e-9.
"""
import csv
import math
import sys

folder = sys.argv[1]


def rows(name):
    with open(f"{folder}/{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


# What is published of the chips: peak BF16 FLOP/s, interconnect GB/s, memory GB/s, TDP W.
CHIPS = {
    "h800": (989e12, 400, 3350, 700),
    "h100_sxm": (989.4e12, 900, 3350, 700),
    "h20": (148e12, 900, 4000, 400),
    "a100_80": (312e12, 600, 2039, 400),
}
A100_PRICE = 12250  # from July 2022 on
REGIMES = {"oct-2022-rule": "h800", "no-controls": "h100_sxm", "h20-only": "h20"}
H100 = CHIPS["h100_sxm"]


def training_rate(chip, mfu, phi):
    peak, links, _, _ = CHIPS[chip]
    x = (peak / H100[0]) * (H100[1] / links)
    return peak * mfu / (1 + phi * (x - 1))


def decoding_rate(chip, intensity, peak_share):
    peak, _, memory, _ = CHIPS[chip]
    return min(peak_share * peak, memory * 1e9 * intensity)


def replicate(p, chip):
    """Every outcome of one replicate under the regime that leaves `chip`."""
    t = lambda name: p["throughput." + name]
    c = lambda name: p["ledger." + name]
    rate = lambda which: training_rate(which, t("mfu"), t("exposed_communication_co_designed"))
    decode = lambda which: decoding_rate(which, t("decode_intensity_flop_per_byte"), 0.6)
    training = rate("h800") / rate(chip)
    decoding = decode("h800") / decode(chip)
    share = t("rollout_share_of_rl")
    mixed = share * decoding + (1 - share) * training
    if chip == "h800":
        training = decoding = mixed = 1.0
    stages = {
        "v3": [("pretraining", 2664000 * training), ("context_extension", 119000 * training),
               ("post_training", 5000 * training)],
        "r1": [("reinforcement_learning", 101376 * mixed), ("data_generation", 5000 * decoding),
               ("reinforcement_learning", 40960 * mixed)],
    }
    price = p[f"chips.{chip}.purchase_price_usd"]
    rent = p.get(f"chips.{chip}.rent_usd_per_hour")
    if rent is None:  # an H20-hour has no published price
        rent = p["chips.h800.rent_usd_per_hour"] * price / p["chips.h800.purchase_price_usd"]
    odds = lambda s: s / (1 - s)
    staff, network = odds(c("staff_share")), odds(c("interconnect_share"))
    around = (1 + c("server_overhead")) * (1 + network)
    an_hour = 0.14 * math.log(10) / 8766
    kwh = CHIPS[chip][3] * c("server_power_multiplier") * 0.75 * c("pue") / 1000
    overhead = (1 + p["research_overhead.experiments_per_final_run"]
                + p["research_overhead.failed_per_final_run"])
    out = {}
    prepare = p["runs.r1.preparation.chip_hours"]
    for run, listed in stages.items():
        hours = sum(h for _, h in listed)
        last = sum(h for s, h in listed if s in ("reinforcement_learning", "data_generation"))
        out[run, "final_run_chip_hours"] = hours
        out[run, "cost_final_run_usd"] = hours * rent
        if last:
            out[run, "cost_last_stage_usd"] = last * rent
        out[run, "cost_amortised_usd"] = hours * (
            price * an_hour * around + kwh * c("energy_price_usd_per_kwh"))
        # Narrower experiments, at prices of owners; the A100s' servers are dearer than the usual ones.
        owned = out[run, "cost_amortised_usd"] * c("development_per_final_run")
        if run == "r1":
            a100 = (1 + 0.66) * (1 + network) * A100_PRICE * an_hour
            a100_kwh = CHIPS["a100_80"][3] * c("server_power_multiplier") * 0.75 * c("pue") / 1000
            owned += prepare * (a100 + a100_kwh * c("energy_price_usd_per_kwh"))
        out[run, "cost_development_amortised_usd"] = (1 + staff) * (
            owned + p[f"runs.{run}.data_usd"])
        extra = prepare * p["chips.a100_80.rent_usd_per_hour"] if run == "r1" else 0
        out[run, "cost_development_usd"] = (1 + staff) * (
            hours * rent * overhead + extra + p[f"runs.{run}.data_usd"])
    out["v3", "days"] = out["v3", "final_run_chip_hours"] / 2048 / 24
    out["r1", "days"] = (out["r1", "final_run_chip_hours"] + prepare) / 512 / 24
    out["v3", "cost_purchase_chips_usd"] = 2048 * price
    out["v3", "cost_purchase_cluster_usd"] = 2048 * price * around
    fleet = sum(n * p[f"chips.{k}.purchase_price_usd"]
                for k, n in (("h800", 10000), ("h100_sxm", 10000), ("h20", 30000)))
    out["deepseek", "cost_fleet_chips_usd"] = fleet
    out["deepseek", "cost_fleet_usd"] = fleet * (1 + c("server_overhead"))
    for metric in ("cost_final_run_usd", "cost_amortised_usd", "cost_development_usd",
                   "cost_development_amortised_usd"):
        out["deepseek", metric] = out["v3", metric] + out["r1", metric]
    out["deepseek", "cost_last_stage_usd"] = out["r1", "cost_last_stage_usd"]
    for metric in ("cost_purchase_chips_usd", "cost_purchase_cluster_usd"):
        out["deepseek", metric] = out["v3", metric]
    return out


def quantile(values, q):
    values = sorted(values)
    position = q * (len(values) - 1)
    low = math.floor(position)
    high = min(low + 1, len(values) - 1)
    return values[low] + (position - low) * (values[high] - values[low])


draws = [{k: float(v) for k, v in row.items()} for row in rows("parameters")]
ours = {regime: [replicate(p, chip) for p in draws] for regime, chip in REGIMES.items()}
column = lambda regime, key: [o[key] for o in ours[regime]]

compared, worst, worst_at = 0, 0.0, ""


def hold(theirs, mine, where):
    global compared, worst, worst_at
    difference = abs(float(theirs) - mine) / max(abs(mine), 1e-300)
    if abs(float(theirs)) == abs(mine) == 0:
        difference = 0
    compared += 1
    if difference > worst:
        worst, worst_at = difference, where


QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
for row in rows("runs"):
    key = (row["run"], row["metric"])
    if row["stage"] or key not in ours["no-controls"][0]:
        continue
    for name, q in QUANTILES.items():
        hold(row[name], quantile(column(row["regime"], key), q), f"{row['regime']} {key} {name}")

for row in rows("comparison"):
    key = (row["entity"], row["metric"])
    if row["month"] or key not in ours["no-controls"][0]:
        continue
    pairs = list(zip(column(row["regime"], key), column(row["reference"], key)))
    for name, q in QUANTILES.items():
        where = f"{row['regime']} {key} {name}"
        mine = quantile([a - b for a, b in pairs], q)
        if abs(mine) > 1e-6:  # below that, only the order of the additions is compared
            scale = quantile([abs(b) for _, b in pairs], 0.5)
            hold(float(row["difference_" + name]) + scale, mine + scale, where + " difference")
        if row["ratio_" + name]:
            hold(row["ratio_" + name], quantile([a / b for a, b in pairs], q), where + " ratio")

print(f"{compared} figures compared; largest relative difference {worst:.2e} ({worst_at})")
sys.exit(0 if compared > 200 and worst < 1e-9 else 1)
