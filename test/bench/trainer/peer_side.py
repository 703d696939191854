"""The same fit by XGBoost (hist) or by scikit-learn's histogram boosting."""
import os

from serve_side import serve


def load(folder, options):
    import numpy
    from sklearn.metrics import roc_auc_score

    rows, tested, features = options["rows"], options["tested"], options["features"]

    def read(k):
        values = numpy.fromfile(os.path.join(folder, f"rows-{k}.f32"), "<f4")
        values = values.reshape(features + 1, rows + tested)
        table = numpy.ascontiguousarray(values[:-1].T)
        return table[:rows], values[-1, :rows], table[rows:], values[-1, rows:]

    if options["peer"] == "xgboost":
        import xgboost

        settings = {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "max_bin": options["bins"],
            "max_depth": options["depth"],
            "eta": options["rate"],
            "lambda": 1,
            "min_child_weight": 1,
            "nthread": 1,
            "verbosity": 0,
        }

        def round_of(k):
            x, y, x_test, y_test = read(k)
            kept = {}

            def run():
                data = xgboost.DMatrix(x, y, nthread=1)
                kept["model"] = xgboost.train(settings, data, options["trees"])

            def figures():
                scores = kept["model"].predict(xgboost.DMatrix(x_test, nthread=1))
                return {"auc": float(roc_auc_score(y_test, scores))}

            if options.get("predicts"):
                run()
                # Scores of a DMatrix are kept with it: asked for again they would cost nothing.
                return {"run": lambda: kept["model"].inplace_predict(x_test), "figures": figures}
            return {"run": run, "figures": figures}

        return f"XGBoost {xgboost.__version__}", round_of

    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier

    def round_of(k):
        x, y, x_test, y_test = read(k)
        model = HistGradientBoostingClassifier(
            max_iter=options["trees"],
            max_depth=options["depth"],
            max_leaf_nodes=2 ** options["depth"],
            learning_rate=options["rate"],
            max_bins=options["bins"] - 1,
            l2_regularization=1,
            min_samples_leaf=1,
            early_stopping=False,
        )

        def figures():
            return {"auc": float(roc_auc_score(y_test, model.predict_proba(x_test)[:, 1]))}

        return {"run": lambda: model.fit(x, y), "figures": figures}

    return f"scikit-learn {sklearn.__version__}", round_of


serve(load)
