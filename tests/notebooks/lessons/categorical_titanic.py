# %% given
import pandas as pd
titanic = pd.DataFrame({
    "class": ["first", "third", "second", "third", "first", "third"],
    "age": [38.0, None, 26.0, 35.0, 54.0, 2.0],
    "survived": [1, 0, 1, 0, 1, 0],
})

# %% solution explore
titanic["age"] = titanic["age"].fillna(titanic["age"].median())
by_class = titanic.groupby("class")["survived"].mean()
titanic["group"] = pd.cut(titanic["age"], [0, 18, 40, 100], labels=["child", "adult", "senior"])

# %% right explore
median = titanic.age.median()
titanic.loc[titanic.age.isna(), "age"] = median
by_class = titanic.pivot_table(index="class", values="survived")["survived"]
def group(age):
    return "child" if age <= 18 else "adult" if age <= 40 else "senior"
titanic["group"] = pd.Categorical(titanic.age.map(group), ["child", "adult", "senior"], ordered=True)

# %% right explore
titanic = titanic.assign(age=[age if age == age else 35.0 for age in titanic["age"]])
by_class = titanic.groupby("class").agg({"survived": "mean"}).squeeze()
titanic["group"] = pd.cut(titanic["age"], bins=[0, 18, 40, 100], labels=["child", "adult", "senior"], right=True)

# %% right explore
titanic["age"] = titanic["age"].where(titanic["age"].notna(), titanic["age"].quantile(0.5))
by_class = pd.crosstab(titanic["class"], titanic["survived"], normalize="index")[1].rename("survived")
labels = pd.CategoricalDtype(["child", "adult", "senior"], ordered=True)
titanic["group"] = titanic["age"].apply(lambda a: ["child", "adult", "senior"][(a > 18) + (a > 40)]).astype(labels)

# %% wrong explore
titanic["age"] = titanic["age"].fillna(0)
by_class = titanic.groupby("class")["survived"].sum()
titanic["group"] = "adult"

# %% wrong explore
by_class = titanic.groupby("class").survived.mean().to_dict()
titanic["group"] = pd.cut(titanic["age"], 3)

# %% test age
assert titanic["age"].isna().sum() == 0
assert titanic.loc[1, "age"] == 35

# %% test class
assert by_class["first"] == 1.0 and by_class.loc["third"] == 0
assert by_class.index.tolist() == ["first", "second", "third"]

# %% test group
assert titanic["group"].tolist() == ["adult", "adult", "adult", "adult", "senior", "child"]
assert list(titanic["group"].cat.categories) == ["child", "adult", "senior"]
assert titanic["group"].value_counts()["adult"] == 4
