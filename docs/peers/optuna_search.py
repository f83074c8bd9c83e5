"""Median regret of Optuna's default sampler on the functions of `tune-benchmark`.

    pip install optuna==5.0.0 && python docs/peers/optuna_search.py [SEEDS]
"""

import math
import random
import statistics
import sys

import optuna

ALPHA = (1, 1.2, 3, 3.2)
A = ((10, 3, 17, 3.5, 1.7, 8), (.05, 10, 17, .1, 8, 14), (3, 3.5, 1.7, 10, 17, 8), (17, 8, .05, 10, .1, 14))
P = ((.1312, .1696, .5569, .0124, .8283, .5886), (.2329, .4135, .8307, .3736, .1004, .9991),
     (.2348, .1451, .3522, .2883, .3047, .6650), (.4047, .8828, .8732, .5743, .1091, .0381))


def branin(x):
    a = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


def hartmann6(x):
    return -sum(w * math.exp(-sum(a * (v - p) ** 2 for a, v, p in zip(row, x, at)))
                for w, row, at in zip(ALPHA, A, P))


def gramacy_constraints(x):
    return (1.5 - x[0] - 2 * x[1] - .5 * math.sin(2 * math.pi * (x[0] ** 2 - 2 * x[1])),
            x[0] ** 2 + x[1] ** 2 - 1.5)


def on_simplex(u):
    """Exponential spacings: uniform on the simplex where u is uniform on the cube."""
    spacings = [-math.log(max(1e-12, 1 - v)) for v in u]
    return [v / sum(spacings) for v in spacings]


NONE = lambda x: ()
FUNCTIONS = {  # bounds, value, constraints, noise, optimum, checkpoints
    "Branin": (((-5, 10), (0, 15)), branin, NONE, 0, .397887358, (30, 60)),
    "Hartmann6": (((0, 1),) * 6, hartmann6, NONE, 0, -3.322368011, (30, 60)),
    "constrained Gramacy": (((0, 1),) * 2, sum, gramacy_constraints, 0, .599788052, (30,)),
    "Hartmann6 on the simplex": (((0, 1),) * 6, lambda u: hartmann6(on_simplex(u)), NONE, 0, -1.515027107, (60,)),
    "constrained Hartmann6 in noise": (((0, 1),) * 6, hartmann6, lambda x: (sum(x) - 3,), .25, -3.322368011, (28, 70)),
}


def search(name, seed):
    bounds, value, constraints, noise, optimum, checkpoints = FUNCTIONS[name]
    draw = random.Random(seed)
    regrets = []

    def objective(trial):
        x = [trial.suggest_float(f"x{i}", *bound) for i, bound in enumerate(bounds)]
        exact = constraints(x)
        trial.set_user_attr("constraints", [c + noise * draw.gauss(0, 1) for c in exact])
        allowed = all(c <= 0 for c in exact)
        regrets.append(abs(value(x) - optimum) if allowed else math.inf)
        return value(x) + noise * draw.gauss(0, 1)

    sampler = optuna.samplers.TPESampler(
        seed=seed,
        constraints_func=(lambda t: t.user_attrs["constraints"]) if constraints is not NONE else None)
    optuna.create_study(sampler=sampler).optimize(objective, n_trials=max(checkpoints))
    return [min(regrets[:n]) for n in checkpoints]


if __name__ == "__main__":
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    for name, spec in FUNCTIONS.items():
        rows = [search(name, seed) for seed in range(seeds)]
        for i, evaluations in enumerate(spec[-1]):
            print(f"{name}, {evaluations} evaluations: {statistics.median(row[i] for row in rows):.3g}", flush=True)
