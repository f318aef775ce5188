"""Holds report pages to what a page has to be, in a real Chromium: check-page.py PAGE...

No console error, no request that leaves the page, nothing wider than the window at 360, 768 and 1,440 pixels, no
fault that axe-core finds (contrast, landmarks, names, order of headings) by day and by night, every chart drawn,
all that can be reached by keyboard reachable, and tables that stand without JavaScript. With `--shots DIR` the
pages are kept as they look.
"""

import argparse
import base64
import json
import pathlib
import sys
import time

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

WIDTHS = (360, 768, 1440)
SECONDS_TO_DRAW = 120


def browser(scripts=True):
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    for path in ("/usr/bin/chromium", "/usr/bin/google-chrome"):
        if pathlib.Path(path).exists():
            options.binary_location = path
            break
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def open_page(driver, page, width, night=False):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if night else "light"}]})
    driver.get(page.resolve().as_uri())
    end = time.monotonic() + SECONDS_TO_DRAW
    while not driver.execute_script("return document.documentElement.dataset.drawn"):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def keep(driver, shots, page, name):
    if shots:
        height = driver.execute_script("return document.documentElement.scrollHeight")
        width = driver.execute_script("return innerWidth")
        image = driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"captureBeyondViewport": True,
             "clip": {"x": 0, "y": 0, "width": width, "height": min(height, 16000), "scale": 1}})
        (shots / f"{page.parent.name}-{name}.png").write_bytes(base64.b64decode(image["data"]))


def overflow(driver):
    """What sticks out of the window, but for what scrolls in a box of its own."""
    return driver.execute_script("""
      const wide = document.documentElement.scrollWidth - innerWidth;
      const out = [...document.querySelectorAll("main *, header *, footer *")].filter((one) =>
        one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table, .chart, pre"));
      const charts = [...document.querySelectorAll(".chart")].filter((one) => one.scrollWidth > one.clientWidth + 1);
      return (wide > 0 ? [`page: ${wide} px`] : []).concat(
        out.slice(0, 5).map((one) => `${one.tagName} ${one.className}`),
        charts.slice(0, 5).map((one) => `chart ${one.dataset.chart || one.id}: ${one.scrollWidth} of ${one.clientWidth}`));
    """)


def axe_faults(driver):
    axe = Axe(driver)
    axe.inject()
    # What a chart draws is hidden from assistants, which have its finding as its name.
    found = axe.run(context={"exclude": [[".chart svg"]]})
    return [f"axe {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def requests(driver):
    """What was asked for that is not the page itself."""
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file:", "data:", "blob:")):
                asked.append(f"asks for {url[:120]}")
    return asked


def keyboard(driver):
    """Whether the first stop of the tab key is the way past the head, and every control can be reached."""
    from selenium.webdriver.common.keys import Keys

    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    first = driver.switch_to.active_element
    faults = [] if first.get_attribute("class") == "skip" else ["the first stop is not the way to the answer"]
    unreachable = driver.execute_script("""
      return [...document.querySelectorAll("a[href], button, input, select, summary")]
        .filter((one) => one.tabIndex < 0).map((one) => one.outerHTML.slice(0, 80));
    """)
    return faults + [f"not by keyboard: {one}" for one in unreachable]


def switches(driver):
    """Whether a regime that is switched off leaves the charts, and another metric is drawn."""
    boxes = driver.find_elements(By.CSS_SELECTOR, "#regimes input")
    if not boxes:
        return []
    faults = []
    name = boxes[-1].find_element(By.XPATH, "..").text.strip()
    chart = driver.find_element(By.CSS_SELECTOR, "[data-chart]")
    before = driver.execute_script("return arguments[0].textContent", chart)
    driver.execute_script("arguments[0].click()", boxes[-1])
    time.sleep(3)
    after = driver.execute_script("return arguments[0].textContent", chart)
    if name in before and name in after:
        faults.append(f"{name} stays in the first chart when it is switched off")
    driver.execute_script("arguments[0].click()", boxes[-1])
    if driver.find_elements(By.ID, "metric"):
        caption = lambda: driver.find_element(By.CSS_SELECTOR, "#explorer-table caption").text
        first = caption()
        driver.execute_script("""
          const select = document.getElementById("metric");
          select.value = String(select.options.length - 1);
          select.dispatchEvent(new Event("change"));
        """)
        time.sleep(2)
        options = driver.execute_script("return document.getElementById('metric').options.length")
        if options > 1 and caption() == first:
            faults.append("the table does not follow the metric")
    return faults


def check(page, driver, shots):
    faults = []
    for width in WIDTHS:
        if not open_page(driver, page, width):
            return [f"{width} px: charts are not drawn after {SECONDS_TO_DRAW} s"] + console(driver)
        faults += [f"{width} px: {one}" for one in overflow(driver)]
        keep(driver, shots, page, width)
    undrawn = driver.execute_script("""
      return [...document.querySelectorAll("[data-chart]")].filter((one) => !one.querySelector("svg path"))
        .map((one) => one.dataset.chart);
    """)
    faults += [f"chart {one} is not drawn" for one in undrawn]
    faults += axe_faults(driver) + keyboard(driver) + switches(driver) + console(driver)
    open_page(driver, page, 1440, night=True)
    faults += [f"by night: {one}" for one in axe_faults(driver)] + console(driver) + requests(driver)
    keep(driver, shots, page, "night")
    return faults


def console(driver):
    return [f"console: {one['message'][:200]}" for one in driver.get_log("browser")
            if one["level"] in ("SEVERE", "WARNING")]


def check_without_scripts(page, driver):
    driver.get(page.resolve().as_uri())
    faults = []
    if not driver.find_elements(By.CSS_SELECTOR, "#answer table"):
        faults.append("without JavaScript: no table in the answer")
    for control in driver.find_elements(By.CSS_SELECTOR, ".needs-script"):
        if control.is_displayed():
            faults.append("without JavaScript: a control that does nothing")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path)
    given = parser.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    all_faults = []
    with browser() as driver:
        for page in given.pages:
            all_faults += [f"{page}: {one}" for one in check(page, driver, given.shots)]
    with browser(scripts=False) as driver:
        for page in given.pages:
            all_faults += [f"{page}: {one}" for one in check_without_scripts(page, driver)]
    for fault in all_faults:
        print(fault)
    print(f"{len(given.pages)} pages checked, {len(all_faults)} faults")
    sys.exit(1 if all_faults else 0)


main()
