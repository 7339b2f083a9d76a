#!/bin/bash
# HiGHS: with presolve off the primal simplex (simplex_strategy 4) can stop at the best answer of a
# small program of whole numbers, and call the status "Unknown" instead of "Optimal". The dual simplex
# and the choice HiGHS makes itself (0) find the same value and say so. Whoever picks the primal one,
# which goes on where it was when only costs change, has to ask again by another way.
#
# The program: 57 numbers of a table of shares, a year and its four quarters by three rows; each of
# the 31 equations says that the first number is the sum of the others.
#
# Source: highspy 1.16.0; HSimplex's test against cycling, as in issue 2015 of ERGO-Code/HiGHS.
# Seen: {4: 'kUnknown', 1: 'kOptimal', 0: 'kOptimal'}, -164.0 each time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check highspy==1.16.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import highspy
import numpy

SUMS = (
    "7 26 45",
    "10 29 48",
    "8 27 46",
    "7 8 9 10",
    "45 46 47 48",
    "26 27 28 29",
    "11 30 49",
    "12 31 50",
    "11 12 13 14",
    "49 50 51 52",
    "30 31 32 33",
    "15 34 53",
    "16 35 54",
    "15 16 17 18",
    "53 54 55 56",
    "34 35 36 37",
    "0 19 38",
    "3 22 41",
    "1 20 39",
    "0 1 2 3",
    "38 39 40 41",
    "19 20 21 22",
    "0 4 7 11 15",
    "3 6 10 14 18",
    "1 5 8 12 16",
    "38 42 45 49 53",
    "41 44 48 52 56",
    "39 43 46 50 54",
    "19 23 26 30 34",
    "22 25 29 33 37",
    "20 24 27 31 35",
)
LOW = (
    68, 1, 0, 1, 0, 0, 0, 13, 1, 0, 1, 23, 23, 0, 0, 28, 28, 0, 0,
    8, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 8, 0, 0, 8, 8, 0, 0,
    28, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 8, 0, 0, 8, 8, 0, 0,
)
FAR = highspy.kHighsInf
HIGH = (
    72, FAR, 0, FAR, 0, 0, 0, 17, FAR, 0, FAR, 27, 27, 0, 0,
    32, 32, 0, 0, FAR, FAR, 0, FAR, 0, 0, 0, 7, FAR, 0, FAR,
    FAR, FAR, 0, 0, FAR, FAR, 0, 0, 32, FAR, 0, FAR, 0, 0, 0,
    FAR, FAR, 0, FAR, 12, 12, 0, 0, 12, 12, 0, 0,
)
COSTS = {
    1: -1, 3: 1, 8: -1, 10: 1, 20: -1, 22: 1, 26: -1,
    29: 1, 39: -1, 41: 1, 45: -1, 46: 1, 48: -1,
}


def solved(strategy):
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("solver", "simplex")
    program.setOptionValue("presolve", "off")
    program.setOptionValue("threads", 1)
    program.setOptionValue("simplex_strategy", strategy)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(LOW), len(SUMS)
    model.col_lower_, model.col_upper_ = numpy.array(LOW, float), numpy.array(HIGH, float)
    model.col_cost_ = numpy.array([COSTS.get(place, 0) for place in range(len(LOW))], float)
    model.row_lower_ = model.row_upper_ = numpy.zeros(len(SUMS))
    starts, index, value = [0], [], []
    for line in SUMS:
        whole, *parts = map(int, line.split())
        index += [whole, *parts]
        value += [1.0] + [-1.0] * len(parts)
        starts.append(len(index))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(starts, numpy.int32)
    model.a_matrix_.index_ = numpy.array(index, numpy.int32)
    model.a_matrix_.value_ = numpy.array(value)
    program.passModel(model)
    program.run()
    return program.getModelStatus().name, round(program.getInfo().objective_function_value, 6)


found = {strategy: solved(strategy) for strategy in (4, 1, 0)}
print(found)
assert {value for _, value in found.values()} == {-164.0}
assert [status for status, _ in found.values()] == ["kUnknown", "kOptimal", "kOptimal"], (
    "HiGHS ends otherwise now"
)
PYTHON
