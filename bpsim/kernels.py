"""The compiled training loop: what `bpsim.backprop` computes, for many instances in one call.

Importing this module imports numba, which takes half a second, and the first call compiles, once per machine:
`bpsim.compiled` does both when they are needed. How the numbers lie in memory: `bpsim.kernel_values`.

Two ways lead through an instance. Where every instance is an update and the update adds Δθ as it is, weights
are changed while δ is passed back through them, each one after it was read. Otherwise Δθ is added up in
`sums`, and `_move` makes the update. Layers of few nodes have loops of their own, without vector
instructions.

Numbers that are not finite are not looked for on the way: 0 · z of every z is added to the recorded error,
which changes nothing but makes it NaN where a z is not finite, and by a θ that is not finite the next z is.
"""

import math
from typing import Any

import numpy as np
from numba import njit
from numba.core.options import DefaultOptions

from bpsim.kernel_values import (
    ADDED,
    ELU,
    ENTROPY_SIGMOID,
    HALVED,
    INVERSE,
    PIECEWISE,
    SIGMOID,
    SOFTMAX,
    SOFTPLUS,
    SQUARED,
    SQUARED_SOFTMAX,
    SQUARES,
    TANH,
)

ZERO, ONE, TWO, THREE, FOUR = (np.uint64(number) for number in range(5))
FEW = np.uint64(16)
"""A layer with fewer nodes before it than this one has loops without vector instructions."""


def _options(*fastmath: str, **others: bool) -> dict[str, Any]:
    """Return what numba is to do, as far as this version of it knows how.

    Nothing here makes an array, so arrays need not be counted; counting them costs a fifth of the speed and a
    third of the time to compile.
    """
    known = {name: value for name, value in others.items() if hasattr(DefaultOptions, name)}
    return {"nogil": True, "error_model": "numpy", "fastmath": set(fastmath), **known}


# `reassoc` lets sums be added up in any order, `contract` lets a · b + c be rounded once. Both leave infinity
# and NaN what they are.
_PARTS = {"forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
_ANY_ORDER = _options("reassoc", "contract", **_PARTS)
_IN_ORDER = _options("contract", **_PARTS)
# Put in its place before anything is compiled: what would be compiled twice otherwise.
_PUT_IN_PLACE: dict[str, Any] = {**_ANY_ORDER, "inline": "always"}

# -- functions of one number -------------------------------------------------------------------------------

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93145751953125e-1, 1.42860682030941723212e-6
_ONE_BITS = 1023 << 52
_TO_INTEGER = 1.5 * 2.0**52
"""Added to a number, it leaves the nearest integer in the lowest bits."""
_C = (
    0.5000000000000001, 0.16666666666666669, 0.04166666666662348, 0.008333333333330011, 0.0013888888917538296,
    0.00019841269863303223, 2.4801520792572694e-05, 2.75572680728901e-06, 2.762032742826824e-07,
    2.5100569275813683e-08,
)  # fmt: skip
_C2, _C3, _C4, _C5, _C6, _C7, _C8, _C9, _C10, _C11 = _C


@njit(**_IN_ORDER)
def exp(x: float) -> float:
    """Return e^x for x ≤ 0, to 1e-15; for x below −708, where numbers are denormal, e^−708.

    With n the integer nearest to x / ln 2 and r = x − n ln 2 it is 2ⁿ e^r; e^r is the polynomial of degree 11
    that meets it at Chebyshev's points of |r| ≤ ½ ln 2, with an error of 2e-17. The terms are ordered so that
    they are computed side by side, and n goes into the bits of the exponent.
    """
    x = x if x > -708.0 else -708.0
    shifted = x * _LOG2_E + _TO_INTEGER
    n = shifted - _TO_INTEGER
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (1.0 + r) + (_C2 + _C3 * r) * r2
    middle = (_C4 + _C5 * r) + (_C6 + _C7 * r) * r2
    high = (_C8 + _C9 * r) + (_C10 + _C11 * r) * r2
    total = low + r4 * (middle + r4 * high)
    power = np.int64((np.float64(shifted).view(np.int64) << 52) + _ONE_BITS).view(np.float64)
    return total * power


_NEAR = 0.6
_P0, _P1, _P2 = -9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3
_Q0, _Q1, _Q2 = 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3


@njit(**_IN_ORDER)
def tanh(x: float) -> tuple[float, float]:
    """Return tanh x and its derivative.

    Near 0 as a quotient of polynomials (Moshier, "Cephes" (1989), tanh.c) and 1 − tanh² x; elsewhere with
    s = e^(−2|x|) as (1 − s) / (1 + s) and 4 s / (1 + s)², which keeps its digits where tanh x rounds to ±1.
    """
    small = exp(-2.0 * abs(x))
    near = abs(x) < _NEAR
    x2 = x * x
    q = ((x2 + _Q0) * x2 + _Q1) * x2 + _Q2
    p = ((_P0 * x2 + _P1) * x2 + _P2) * x2 + q
    inverse = 1.0 / (q if near else 1.0 + small)
    value = (x * p if near else math.copysign(1.0 - small, x)) * inverse
    return value, 1.0 - value * value if near else 4.0 * small * inverse * inverse


# -- activation functions and errors -----------------------------------------------------------------------


@njit(**_ANY_ORDER)
def _activate(kind, slope, z, a, g, node, base, size):
    """Compute a and g′ of a layer from its z, as `bpsim.activations` does."""
    end = node + size
    if kind == SIGMOID:
        for i in range(node, end):
            small = exp(-abs(z[i]))
            inverse = 1.0 / (1.0 + small)
            a[base + i] = (1.0 if z[i] >= 0.0 else small) * inverse
            g[i] = small * inverse * inverse
    elif kind == TANH:
        for i in range(node, end):
            a[base + i], g[i] = tanh(z[i])
    elif kind == PIECEWISE:
        for i in range(node, end):
            a[base + i] = z[i] if z[i] > 0.0 else slope * z[i]
            g[i] = 1.0 if z[i] > 0.0 else slope
    elif kind == ELU:
        for i in range(node, end):
            below = z[i] if z[i] < 0.0 else 0.0
            a[base + i] = z[i] if z[i] > 0.0 else math.expm1(below)
            g[i] = exp(below)
    elif kind == SOFTPLUS:
        for i in range(node, end):
            small = exp(-abs(z[i]))
            a[base + i] = max(z[i], 0.0) + math.log1p(small)
            g[i] = (1.0 if z[i] >= 0.0 else small) / (1.0 + small)
    elif kind == SOFTMAX:
        largest = _largest(z, node, size)
        total = 0.0
        for i in range(node, end):
            a[base + i] = exp(z[i] - largest)
            total += a[base + i]
        for i in range(node, end):
            a[base + i] /= total
            g[i] = a[base + i] * (1.0 - a[base + i])
    else:
        for i in range(node, end):
            a[base + i] = 1.0 if z[i] >= 0.0 else 0.0
            g[i] = 1.0


@njit(**_ANY_ORDER)
def _largest(values, start, size):
    largest = values[start]
    for i in range(start + ONE, start + size):
        largest = max(largest, values[i])
    return largest


@njit(**_ANY_ORDER)
def _judge(loss, targets, y, z, a, source, g, delta, node, size):
    """Return E_p and compute δ of the output layer, as `bpsim.losses` does."""
    error = 0.0
    if loss == SQUARED:
        for k in range(size):
            u = targets[y + k] - a[source + k]
            error += 0.5 * u * u
            delta[node + k] = u * g[node + k]
    elif loss == SQUARED_SOFTMAX:
        mean = 0.0
        for k in range(size):
            u = targets[y + k] - a[source + k]
            error += 0.5 * u * u
            mean += a[source + k] * u
        for k in range(size):
            delta[node + k] = a[source + k] * (targets[y + k] - a[source + k] - mean)
    elif loss == ENTROPY_SIGMOID:
        for k in range(size):
            x, t = z[node + k], targets[y + k]
            rest = math.log1p(exp(-abs(x)))
            error += t * (max(-x, 0.0) + rest) + (1.0 - t) * (max(x, 0.0) + rest)
            delta[node + k] = t - a[source + k]
    else:
        largest = _largest(z, node, size)
        powers, whole = 0.0, 0.0
        for k in range(size):
            powers += exp(z[node + k] - largest)
            whole += targets[y + k]
        logarithm = math.log(powers)
        for k in range(size):
            error -= targets[y + k] * (z[node + k] - largest - logarithm)
            delta[node + k] = targets[y + k] - a[source + k] * whole
    return error


# -- forward -----------------------------------------------------------------------------------------------


@njit(**_ANY_ORDER)
def _weigh(theta, a, z, at, source, n_in, node, n_out):
    """Compute z_i = θ_0i + Σ_j θ_ij a_j of a layer, four nodes at a time; return 0 if all are finite."""
    biases = at + n_in * n_out
    fours = n_out - n_out % FOUR
    probe = 0.0
    for i in range(ZERO, fours, FOUR):
        row_0 = at + i * n_in
        row_1 = row_0 + n_in
        row_2 = row_1 + n_in
        row_3 = row_2 + n_in
        z_0 = theta[biases + i]
        z_1 = theta[biases + i + ONE]
        z_2 = theta[biases + i + TWO]
        z_3 = theta[biases + i + THREE]
        for j in range(n_in):
            x = a[source + j]
            z_0 += theta[row_0 + j] * x
            z_1 += theta[row_1 + j] * x
            z_2 += theta[row_2 + j] * x
            z_3 += theta[row_3 + j] * x
        z[node + i] = z_0
        z[node + i + ONE] = z_1
        z[node + i + TWO] = z_2
        z[node + i + THREE] = z_3
        probe += 0.0 * z_0 + 0.0 * z_1 + 0.0 * z_2 + 0.0 * z_3
    for i in range(fours, n_out):
        row = at + i * n_in
        z_0 = theta[biases + i]
        for j in range(n_in):
            z_0 += theta[row + j] * a[source + j]
        z[node + i] = z_0
        probe += 0.0 * z_0
    return probe


@njit(**_IN_ORDER)
def _weigh_few(theta, a, z, at, source, n_in, node, n_out):
    """Do the same as `_weigh`, without vector instructions."""
    biases = at + n_in * n_out
    row = at
    probe = 0.0
    for i in range(n_out):
        total = theta[biases + i]
        for j in range(n_in):
            total += theta[row + j] * a[source + j]
        z[node + i] = total
        probe += 0.0 * total
        row += n_in
    return probe


# -- backward ----------------------------------------------------------------------------------------------


@njit(**_ANY_ORDER)
def _gather(into, a, delta, rate, bias_rate, at, source, n_in, node, n_out):
    """Add Δθ_ij = η δ_i a_j of a layer to `into`, and for biases η δ_i."""
    biases = at + n_in * n_out
    for i in range(n_out):
        step = rate * delta[node + i]
        row = at + i * n_in
        into[biases + i] += bias_rate * delta[node + i]
        for j in range(n_in):
            into[row + j] += step * a[source + j]


@njit(**_ANY_ORDER)
def _back(theta, g, delta, at, before, n_in, node, n_out):
    """Compute δ_j = (Σ_i θ_ij δ_i) g′(z_j) of the layer before."""
    for j in range(n_in):
        delta[before + j] = 0.0
    for i in range(n_out):
        d = delta[node + i]
        row = at + i * n_in
        for j in range(n_in):
            delta[before + j] += d * theta[row + j]
    for j in range(n_in):
        delta[before + j] *= g[before + j]


@njit(**_ANY_ORDER)
def _learn(theta, a, g, delta, rate, bias_rate, at, source, before, n_in, node, n_out):
    """Do both in one pass, with θ as `into`: each weight is changed right after it was read."""
    biases = at + n_in * n_out
    fours = n_out - n_out % FOUR
    for j in range(n_in):
        delta[before + j] = 0.0
    for i in range(n_out):
        theta[biases + i] += bias_rate * delta[node + i]
    for i in range(ZERO, fours, FOUR):
        row_0 = at + i * n_in
        row_1 = row_0 + n_in
        row_2 = row_1 + n_in
        row_3 = row_2 + n_in
        d_0 = delta[node + i]
        d_1 = delta[node + i + ONE]
        d_2 = delta[node + i + TWO]
        d_3 = delta[node + i + THREE]
        step_0 = rate * d_0
        step_1 = rate * d_1
        step_2 = rate * d_2
        step_3 = rate * d_3
        for j in range(n_in):
            w_0 = theta[row_0 + j]
            w_1 = theta[row_1 + j]
            w_2 = theta[row_2 + j]
            w_3 = theta[row_3 + j]
            x = a[source + j]
            delta[before + j] += d_0 * w_0 + d_1 * w_1 + d_2 * w_2 + d_3 * w_3
            theta[row_0 + j] = w_0 + step_0 * x
            theta[row_1 + j] = w_1 + step_1 * x
            theta[row_2 + j] = w_2 + step_2 * x
            theta[row_3 + j] = w_3 + step_3 * x
    for i in range(fours, n_out):
        row = at + i * n_in
        d_0 = delta[node + i]
        step_0 = rate * d_0
        for j in range(n_in):
            w_0 = theta[row + j]
            delta[before + j] += d_0 * w_0
            theta[row + j] = w_0 + step_0 * a[source + j]
    for j in range(n_in):
        delta[before + j] *= g[before + j]


@njit(**_IN_ORDER)
def _learn_few(theta, a, g, delta, rate, bias_rate, at, source, before, n_in, node, n_out):
    """Do the same as `_learn`, column by column and without vector instructions."""
    biases = at + n_in * n_out
    for j in range(n_in):
        x = rate * a[source + j]
        total = 0.0
        place = at + j
        for i in range(n_out):
            w = theta[place]
            d = delta[node + i]
            total += d * w
            theta[place] = w + x * d
            place += n_in
        delta[before + j] = total * g[before + j]
    for i in range(n_out):
        theta[biases + i] += bias_rate * delta[node + i]


# -- update ------------------------------------------------------------------------------------------------


@njit(**_ANY_ORDER)
def _cut(parameters, missing):
    """Make what belongs to missing connections 0."""
    for m in range(np.uint64(len(missing))):
        parameters[missing[m]] = 0.0


@njit(**_IN_ORDER)
def _move(mover, theta, sums, first, second, count, updates, rate, l1, l2, free, start, end):
    """Make the update of the parameters from `start` on, as `bpsim.optimizers` does, and empty their sums.

    `free` is 0 for biases that stay as they are, else 1.
    """
    scale = free / count
    correction_1 = 1.0 / (1.0 - mover.beta_1**updates) if mover.corrects else 1.0
    correction_2 = 1.0 / (1.0 - mover.beta_2**updates) if mover.corrects else 1.0
    for p in range(start, end):
        w = theta[p]
        sign = 1.0 if w > 0.0 else (-1.0 if w < 0.0 else 0.0)
        h = scale * sums[p] - rate * (l2 * w + l1 * sign)
        sums[p] = 0.0
        if mover.kind == SQUARES:
            d = h / rate
            first[p] = mover.beta_1 * first[p] + (1.0 - mover.beta_1) * d
            second[p] = mover.beta_2 * second[p] + (1.0 - mover.beta_2) * d * d
            step = rate * (correction_1 * first[p]) / (math.sqrt(correction_2 * second[p]) + mover.epsilon)
        else:
            first[p] = mover.mu * first[p] + h
            step = mover.p * first[p] + mover.q * h
        theta[p] = w + free * step


@njit(**_IN_ORDER)
def _update(mover, sizes, missing, theta, sums, first, second, count, updates, rate, l1, l2, free):
    """Make the update of all parameters; biases pay no penalty."""
    start = ZERO
    for part in range(TWO, TWO * np.uint64(len(sizes))):
        l = part // TWO
        if part % TWO == ZERO:
            end = start + sizes[l - ONE] * sizes[l]
            _move(mover, theta, sums, first, second, count, updates, rate, l1, l2, 1.0, start, end)
        else:
            end = start + sizes[l]
            _move(mover, theta, sums, first, second, count, updates, rate, 0.0, 0.0, free, start, end)
        start = end
    _cut(theta, missing)


# -- epochs ------------------------------------------------------------------------------------------------


@njit(**_IN_ORDER)
def _rate(schedule, rate, epoch, k):
    """Return η of an epoch, as `bpsim.schedules` does."""
    if schedule == HALVED:
        return max(rate * 0.5 ** math.floor(epoch / k), 5e-324)
    if schedule == INVERSE:
        return max(rate / (1.0 + epoch / k), 5e-324)
    return rate


@njit(**_IN_ORDER)
def _mix(x):
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(**_IN_ORDER)
def _put_in_order(rows, shuffle, seed, epoch, order):
    """Write the rows of an epoch in its order, as `bpsim.orders` does."""
    n = np.uint64(len(order))
    for i in range(n):
        order[i] = rows[i]
    if shuffle:
        x = _mix(_mix(seed) ^ epoch)
        for k in range(ONE, n):
            last = n - k
            x += np.uint64(0x9E3779B97F4A7C15)
            j = ((_mix(x) >> np.uint64(32)) * (last + ONE)) >> np.uint64(32)
            kept = order[last]
            order[last] = order[j]
            order[j] = kept


# -- all of it ---------------------------------------------------------------------------------------------


@njit(**_PUT_IN_PLACE)
def _forward(sizes, kinds, slopes, theta, a, z, g, base, source):
    """Compute z, a and g′ of every node; return the place of the output layer, and 0 if all are finite."""
    at, node, n_in, probe = ZERO, ZERO, sizes[0], 0.0
    for l in range(ONE, np.uint64(len(sizes))):
        n_out = sizes[l]
        if n_in < FEW:
            probe += _weigh_few(theta, a, z, at, source, n_in, node, n_out)
        else:
            probe += _weigh(theta, a, z, at, source, n_in, node, n_out)
        _activate(kinds[l], slopes[l], z, a, g, node, base, n_out)
        at += (n_in + ONE) * n_out
        source = base + node
        node += n_out
        n_in = n_out
    return node - n_in, probe


@njit(**_PUT_IN_PLACE)
def _descend(sizes, theta, a, g, delta, base, node, source, rate, bias_rate):
    """Compute δ of the hidden nodes and add Δθ to θ."""
    at, last = np.uint64(len(theta)), np.uint64(len(sizes)) - ONE
    for k in range(last - ONE):
        n_in, n_out = sizes[last - k - ONE], sizes[last - k]
        at -= (n_in + ONE) * n_out
        before = node - n_in
        if n_in < FEW:
            _learn_few(theta, a, g, delta, rate, bias_rate, at, base + before, before, n_in, node, n_out)
        else:
            _learn(theta, a, g, delta, rate, bias_rate, at, base + before, before, n_in, node, n_out)
        node = before
    _gather(theta, a, delta, rate, bias_rate, ZERO, source, sizes[0], ZERO, sizes[1])


@njit(**_PUT_IN_PLACE)
def _collect(sizes, theta, sums, a, g, delta, base, node, source, rate, bias_rate):
    """Compute δ of the hidden nodes and add Δθ to the sums of the batch."""
    at, last = np.uint64(len(theta)), np.uint64(len(sizes)) - ONE
    for k in range(last):
        n_in, n_out = sizes[last - k - ONE], sizes[last - k]
        at -= (n_in + ONE) * n_out
        before = node - n_in
        if k + ONE < last:
            _back(theta, g, delta, at, before, n_in, node, n_out)
        _gather(
            sums,
            a,
            delta,
            rate,
            bias_rate,
            at,
            base + before if k + ONE < last else source,
            n_in,
            node,
            n_out,
        )
        node = before


def _train(task, numbers, errors, test_errors):
    """Train as many instances as `errors` has room for.

    Parameters
    ----------
    task : Task
    numbers : Numbers
        Changed; the loop goes on from where the cursor stands.
    errors : (count,)
        Gets E_p of every instance, before its update. It is not finite where a z is not.
    test_errors : (epochs completed,)
        Gets E over the test instances after every epoch that ends.

    Returns
    -------
    float
        0 if every error is finite, else NaN.
    """
    # Every array has a name before the loop begins: taking it out of its tuple there would cost time.
    sizes, kinds, slopes, missing, targets = task.sizes, task.kinds, task.slopes, task.missing, task.targets
    train_rows, test_rows, mover, base = task.train_rows, task.test_rows, task.mover, task.base
    theta, sums, first, second = numbers.theta, numbers.sums, numbers.first, numbers.second
    a, z, g, delta, order = numbers.a, numbers.z, numbers.g, numbers.delta, numbers.order
    cursor = numbers.cursor
    n_x, n_y = sizes[0], sizes[np.uint64(len(sizes)) - ONE]
    asked, n_train, n_test = np.uint64(len(errors)), np.uint64(len(order)), np.uint64(len(test_rows))
    epoch, place, count, updates = cursor[0], cursor[1], cursor[2], cursor[3]
    rate = _rate(task.schedule, task.rate, epoch, task.schedule_epochs)
    done, epochs, tested, test_sum, probe = ZERO, ZERO, n_test, 0.0, 0.0
    while done < asked or tested < n_test:
        row = test_rows[tested] if tested < n_test else order[place]
        node, nothing = _forward(sizes, kinds, slopes, theta, a, z, g, base, row * n_x)
        error = _judge(task.loss, targets, row * n_y, z, a, base + node, g, delta, node, n_y) + nothing
        if tested < n_test:
            test_sum += error
            tested += ONE
            if tested == n_test:
                test_errors[epochs] = test_sum / n_test
                epochs += ONE
            continue
        errors[done] = error
        probe += 0.0 * error
        done += ONE
        place += ONE
        if task.is_direct and count == ZERO:
            _descend(sizes, theta, a, g, delta, base, node, row * n_x, rate, rate * task.free)
            _cut(theta, missing)
        else:
            _collect(sizes, theta, sums, a, g, delta, base, node, row * n_x, rate, rate * task.free)
            _cut(sums, missing)
            count += ONE
            if place == n_train or place % task.batch_size == ZERO:
                updates += ZERO if mover.kind == ADDED else ONE
                _update(
                    mover, sizes, missing, theta, sums, first, second, np.float64(count),
                    np.float64(updates), rate, task.l1, task.l2, task.free,
                )  # fmt: skip
                count = ZERO
        if place == n_train:
            place = ZERO
            epoch += ONE
            rate = _rate(task.schedule, task.rate, epoch, task.schedule_epochs)
            _put_in_order(train_rows, task.shuffle, task.seed, epoch, order)
            tested, test_sum = ZERO, 0.0
    cursor[0], cursor[1], cursor[2], cursor[3] = epoch, place, count, updates
    return probe


try:
    train = njit(cache=True, **_options("reassoc", "contract", _nrt=False))(_train)
except RuntimeError:  # there is no folder at all that a cache could be written to
    train = njit(**_options("reassoc", "contract", _nrt=False))(_train)
